using System.Text.Json.Nodes;
using RunbookOperator.Actions;
using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.Kubernetes;
using RunbookOperator.Policies;
using RunbookOperator.Risk;
using RunbookOperator.TestKit;
using RunbookOperator.Tests.Policies;

namespace RunbookOperator.Tests.Acting;

/// <summary>What an alert says is data wherever it goes: it arrives byte for byte, or its step does not start.</summary>
public sealed class InjectionTests : IDisposable
{
    private readonly KubernetesClient _client = new(new Uri("https://kubernetes"), new WireHandler(new SecretServer().Answer));

    public void Dispose() => _client.Dispose();

    public static TheoryData<string> Payloads =>
    [
        "$(id)", "`id`", "${HOME}", "$HOME", "$$(id)", "$(PASSWORD)", "; rm -rf /", "| sh", "&& reboot", "\n rm -rf /", "a\0b", "--all", "-rf", "../../etc/passwd", "a b", "*", "?", "[a]", "{a,b}", "~root", "#x", "!x",
        "'", "\"", "\\", "';drop table x;--", "${ns}", "${missing}", "{{7*7}}", "<script>", "%0a", "\u202e", "\u200b", "\ud83d\ude00", "$'\\x41'", ">(id)", "</etc/passwd", "a=b", "é", "\u001b[31m", "${IFS}id", "@file", "http://x/?a=$(id)",
    ];

    [Theory]
    [MemberData(nameof(Payloads))]
    public async Task A_command_never_holds_it_and_gets_it_whole_or_does_not_start(string payload)
    {
        const string run = "kubectl get pods -n \"$label\" -l \"app=$label\"";
        var step = new RunbookStep { Name = "s", Run = run, Env = [new EnvironmentVariable { Name = "FIXED", Value = "${label}" }] };
        var prepared = await PrepareAsync(step, payload);
        var container = StepPod.Of(Prepared.Execution, step, prepared, "s-1-0123456789").Spec!.Containers!.Single();

        Assert.Equal(run, prepared.Command);
        Assert.Equal(["bash", "-euo", "pipefail", "-c", StepPod.Escape(run)], container.Command!);
        Assert.Equal("${label}", prepared.Environment["FIXED"]);
        Assert.Equal(payload, prepared.Environment["label"]);
        Assert.Equal(StepPod.Escape(payload), container.Env!.Single(variable => variable.Name == "label").Value);
        Assert.Equal(Variables.IsSafeForRun(payload) ? null : Reasons.UnsafeValue, prepared.Problem?.Reason);
    }

    [Theory]
    [MemberData(nameof(Payloads))]
    public async Task Inputs_words_and_the_text_to_type_hold_it_as_it_is(string payload)
    {
        var action = await PrepareAsync(new RunbookStep { Name = "s", Uses = "kubernetes/get", With = new JsonObject { ["kind"] = "Pod", ["name"] = "x-${label}-y" }, Confirm = "${label}!" }, payload);
        var manual = await PrepareAsync(new RunbookStep { Name = "s", Manual = "Call ${label} now." }, payload);

        Assert.Equal($"kubernetes/get\n  kind: Pod\n  name: x-{payload}-y", action.Command);
        Assert.Equal($"{payload}!", action.Confirm);
        Assert.Equal($"Call {payload} now.", manual.Command);
    }

    private Task<PreparedStep> PrepareAsync(RunbookStep step, string label)
    {
        var judges = new StepJudges(ActionCatalog.Default, new StepJudge(ActionCatalog.Default, new RiskClassifier()));
        var preparer = new StepPreparer(_client, ActionCatalog.Default, judges, new FixedPolicies(EffectivePolicy.BuiltIn), new ExecutionOptions { StepImage = "step:1" }, new ManualTimeProvider());
        return preparer.PrepareAsync(
            Prepared.Execution,
            new RunbookSpec { Title = "t", ServiceAccountName = "fixer", Steps = [step] },
            new Request.Prepare(step, 1, new Dictionary<string, string> { ["label"] = label, ["ns"] = "shop" }),
            CancellationToken.None);
    }
}
