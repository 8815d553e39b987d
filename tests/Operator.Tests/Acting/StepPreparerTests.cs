using System.Net;
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

public sealed class StepPreparerTests : IDisposable
{
    private readonly KubernetesClient _client = new(new Uri("https://kubernetes"), new WireHandler(_ => WireHandler.Refusal(HttpStatusCode.NotFound, "NotFound")));

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("$(PASSWORD)")]
    [InlineData("-rf")]
    [InlineData("a b")]
    [InlineData("../etc")]
    [InlineData("")]
    [InlineData("a\nb")]
    [InlineData("`id`")]
    [InlineData("a;b")]
    [InlineData("ö")]
    public async Task A_value_that_is_not_plain_stops_the_step_that_names_it_and_no_other(string value)
    {
        var problem = (await RunAsync("echo \"$label\"", ("label", value))).Problem!;
        Assert.Equal(Reasons.UnsafeValue, problem.Reason);
        Assert.Contains("label", problem.Message, StringComparison.Ordinal);

        var other = await RunAsync("echo labels relabel label_2 $label2", ("label", value));
        Assert.Null(other.Problem);
        Assert.Empty(other.Environment);
    }

    [Theory]
    [InlineData("echo $date")]
    [InlineData("echo ${date:-none}")]
    [InlineData("echo $((date+1))")]
    [InlineData("date")]
    [InlineData("printenv date")]
    public async Task A_command_gets_the_variables_it_names_and_nothing_else(string run)
    {
        var prepared = await RunAsync(run, ("date", "2026-11-21"), ("dat", "x"), ("update", "y"));

        Assert.Equal(new Dictionary<string, string> { ["date"] = "2026-11-21" }, prepared.Environment);
        Assert.Equal(run, prepared.Command);
    }

    [Theory]
    [InlineData("echo hello", "runbook-reader", RiskLevel.Safe)]
    [InlineData("kubectl scale deployment web --replicas=3", "fixer", RiskLevel.Caution)]
    [InlineData("rm -rf /", "fixer", RiskLevel.Dangerous)]
    public async Task Safe_steps_act_as_the_reader_and_others_as_the_account_of_the_runbook(string run, string account, RiskLevel risk)
    {
        var prepared = await RunAsync(run);

        Assert.Equal((account, risk, null), (prepared.ServiceAccount, prepared.Risk, prepared.Problem));
    }

    [Fact]
    public async Task Without_an_account_a_runbook_reads_and_no_more()
    {
        var step = new RunbookStep { Name = "s", Run = "rm -rf /" };
        var prepared = await PrepareAsync(new RunbookSpec { Title = "t", Steps = [step] }, step, []);

        Assert.Equal(("", Reasons.Invalid), (prepared.ServiceAccount, prepared.Problem!.Reason));
    }

    [Fact]
    public async Task A_variable_without_a_value_is_named()
    {
        RunbookStep[] steps =
        [
            new() { Name = "s", Manual = "look at ${pool}" },
            new() { Name = "s", Uses = "kubernetes/get", With = new JsonObject { ["kind"] = "Pod", ["name"] = "${pool}" } },
            new() { Name = "s", Run = "rm -rf /", Confirm = "${pool}" },
        ];
        foreach (var step in steps)
        {
            var problem = (await PrepareAsync(Runbook(step), step, [("other", "x")])).Problem!;

            Assert.Equal((Reasons.MissingParameter, true), (problem.Reason, problem.Message.Contains("pool", StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData("${formation}", "checkout-db", "checkout-db")]
    [InlineData(null, "checkout-db", "s")]
    [InlineData("${formation}", "", "s")]
    [InlineData("${formation}", " ", "s")]
    public async Task The_text_to_type_is_filled_in_and_never_empty(string? confirm, string value, string typed)
    {
        var step = new RunbookStep { Name = "s", Run = "rm -rf /", Confirm = confirm };

        Assert.Equal(typed, (await PrepareAsync(Runbook(step), step, [("formation", value)])).Confirm);
    }

    [Fact]
    public async Task Values_replace_text_once_in_words_for_people()
    {
        var step = new RunbookStep { Name = "s", Manual = "look at ${a}" };

        Assert.Equal("look at ${b}", (await PrepareAsync(Runbook(step), step, [("a", "${b}"), ("b", "x")])).Command);
    }

    [Fact]
    public async Task An_action_that_there_is_not_cannot_be_prepared()
    {
        var step = new RunbookStep { Name = "s", Uses = "kubernetes/explode", With = [] };
        var prepared = await PrepareAsync(Runbook(step), step, []);

        Assert.Equal((Reasons.Invalid, RiskLevel.Dangerous), (prepared.Problem!.Reason, prepared.Risk));
    }

    [Fact]
    public async Task The_digest_is_another_with_each_thing_that_a_person_decides_on()
    {
        var step = new RunbookStep { Name = "s", Run = "echo \"$a\"" };
        var execution = Prepared.Execution;
        async Task<string> DigestAsync(
            RunbookExecution? run = null, RunbookStep? other = null, int attempt = 1, string value = "1", string account = "fixer", string image = "step:1") =>
            (await Preparer(image).PrepareAsync(
                run ?? execution,
                Runbook(other ?? step) with { ServiceAccountName = account },
                new Request.Prepare(other ?? step, attempt, new Dictionary<string, string> { ["a"] = value }),
                CancellationToken.None)).Digest;

        var first = await DigestAsync();
        Assert.Equal(first, await DigestAsync());
        string[] others =
        [
            first,
            await DigestAsync(execution with { Metadata = execution.Metadata with { Uid = "uid-2" } }),
            await DigestAsync(execution with { Metadata = execution.Metadata with { Namespace = "other" } }),
            await DigestAsync(other: step with { Name = "t" }),
            await DigestAsync(other: step with { Run = "echo  \"$a\"" }),
            await DigestAsync(other: step with { Risk = "caution" }),
            await DigestAsync(other: step with { Risk = "caution" }, account: "stronger"),
            await DigestAsync(attempt: 2),
            await DigestAsync(value: "2"),
            await DigestAsync(image: "step:2"),
        ];
        Assert.Equal(others.Length, others.Distinct().Count());
    }

    [Fact]
    public async Task A_variable_that_the_command_does_not_name_does_not_void_what_was_decided() =>
        Assert.Equal((await RunAsync("echo hello", ("a", "1"))).Digest, (await RunAsync("echo hello", ("a", "2"))).Digest);

    [Fact]
    public async Task What_a_policy_denies_cannot_start_and_the_namespace_that_is_touched_is_asked()
    {
        var policies = new FixedPolicies(Policies.Given.Policy("{actions: {deny: [kubernetes/scale]}}"));
        var step = new RunbookStep { Name = "s", Uses = "kubernetes/scale", With = new JsonObject { ["kind"] = "Deployment", ["name"] = "x", ["namespace"] = "${where}", ["replicas"] = "2" } };
        var prepared = await Preparer("step:1", policies).PrepareAsync(
            Prepared.Execution, Runbook(step), new Request.Prepare(step, 1, new Dictionary<string, string> { ["where"] = "bank" }), CancellationToken.None);

        Assert.Equal((Reasons.PolicyDenied, "the policy runbooks-system/default does not allow the action kubernetes/scale"), (prepared.Problem!.Reason, prepared.Problem.Message));
        Assert.Equal([("shop", (string?)"bank")], policies.Asked);
    }

    [Fact]
    public async Task What_a_policy_says_of_a_program_raises_the_risk_and_voids_what_was_decided()
    {
        var step = new RunbookStep { Name = "s", Run = "kubectl get pods" };
        var before = await RunAsync("kubectl get pods");
        var raised = await Preparer("step:1", new FixedPolicies(Policies.Given.Policy(null, "{programs: [{name: kubectl, risk: caution, reason: we ask first}]}")))
            .PrepareAsync(Prepared.Execution, Runbook(step), new Request.Prepare(step, 1, new Dictionary<string, string>()), CancellationToken.None);

        Assert.Equal((RiskLevel.Safe, RiskLevel.Caution), (before.Risk, raised.Risk));
        Assert.NotEqual(before.Digest, raised.Digest);
        Assert.Contains("`kubectl`: we ask first", raised.Reasons);
    }

    private Task<PreparedStep> RunAsync(string run, params (string Name, string Value)[] variables)
    {
        var step = new RunbookStep { Name = "s", Run = run };
        return PrepareAsync(Runbook(step), step, variables);
    }

    private Task<PreparedStep> PrepareAsync(RunbookSpec runbook, RunbookStep step, (string Name, string Value)[] variables) => Preparer("step:1").PrepareAsync(
        Prepared.Execution, runbook, new Request.Prepare(step, 1, variables.ToDictionary(pair => pair.Name, pair => pair.Value)), CancellationToken.None);

    private StepPreparer Preparer(string image, IPolicies? policies = null) => new(
        _client, ActionCatalog.Default, new StepJudges(ActionCatalog.Default, new StepJudge(ActionCatalog.Default, new RiskClassifier())), policies ?? new FixedPolicies(EffectivePolicy.BuiltIn), new ExecutionOptions { StepImage = image }, new ManualTimeProvider());

    private static RunbookSpec Runbook(RunbookStep step) => new() { Title = "t", ServiceAccountName = "fixer", Steps = [step] };
}
