using RunbookOperator.Actions;
using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.Kubernetes;
using RunbookOperator.Policies;
using RunbookOperator.Risk;
using RunbookOperator.TestKit;
using RunbookOperator.Tests.Policies;

namespace RunbookOperator.Tests.Acting;

/// <summary>The environment, the Secrets and the image of a command: what they do to its risk, its digest and its Pod.</summary>
public sealed class StepSurroundingsTests : IDisposable
{
    private const string Tools = "registry.test/tools@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private readonly SecretServer _server = new();
    private readonly KubernetesClient _client;

    public StepSurroundingsTests() => _client = new KubernetesClient(new Uri("https://kubernetes"), new WireHandler(_server.Answer));

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("PATH")]
    [InlineData("LD_PRELOAD")]
    [InlineData("LD_LIBRARY_PATH")]
    [InlineData("ENV")]
    [InlineData("BASH_ENV")]
    [InlineData("IFS")]
    [InlineData("KUBECONFIG")]
    [InlineData("SHELLOPTS")]
    [InlineData("http_proxy")]
    [InlineData("HTTPS_PROXY")]
    [InlineData("all_proxy")]
    [InlineData("PROMPT_COMMAND")]
    [InlineData("GIT_SSH_COMMAND")]
    [InlineData("PYTHONSTARTUP")]
    public async Task What_decides_which_programs_run_makes_its_step_dangerous_also_from_a_Secret(string name)
    {
        _server.Add("db", Names.SafeStepsUse, ("key", "x"));
        foreach (var variable in new[] { Value(name, "/x"), FromSecret(name, "db", "key") })
        {
            var prepared = await PrepareAsync(new RunbookStep { Name = "s", Run = "date", Env = [variable] });

            Assert.Equal((RiskLevel.Dangerous, $"env {name} decides what programs run or where they connect"), (prepared.Risk, prepared.Reasons[0]));
        }
    }

    [Fact]
    public async Task Plain_values_and_credentials_from_Secrets_leave_a_step_safe()
    {
        _server.Add("db", Names.SafeStepsUse, ("password", "x"));
        var prepared = await PrepareAsync(new RunbookStep
        {
            Name = "s", Run = "psql -c 'select 1'", Env = [Value("PGHOST", "db.shop"), Value("REGION", "eu"), FromSecret("PGPASSWORD", "db", "password"), FromSecret("VAULT_TOKEN", "db", "password")],
        });

        Assert.Equal((RiskLevel.Safe, null), (prepared.Risk, prepared.Problem));
        Assert.Equal(new Dictionary<string, string> { ["PGHOST"] = "db.shop", ["REGION"] = "eu" }, prepared.Environment);
        Assert.Contains("env PGHOST=db.shop, REGION=eu, PGPASSWORD from the Secret db, VAULT_TOKEN from the Secret db", prepared.Reasons);
    }

    [Fact]
    public async Task A_password_that_is_written_out_is_dangerous_and_not_shown()
    {
        var prepared = await PrepareAsync(new RunbookStep { Name = "s", Run = "date", Env = [Value("PGPASSWORD", "correct-horse-battery")] });

        Assert.Equal(RiskLevel.Dangerous, prepared.Risk);
        Assert.DoesNotContain(prepared.Reasons, reason => reason.Contains("correct-horse", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "date", "the Secret db does not carry the label runbooks.dev/use: steps, so no step gets it")]
    [InlineData("git", "date", "the Secret db does not carry the label runbooks.dev/use: steps, so no step gets it")]
    [InlineData("steps", "date", "the Secret db carries the label runbooks.dev/use: steps; a safe step gets only what carries safe-steps, a credential that can only read")]
    [InlineData("steps", "rm -rf /x", null)]
    [InlineData("safe-steps", "date", null)]
    [InlineData("safe-steps", "rm -rf /x", null)]
    public async Task A_Secret_is_used_only_where_its_owner_says_so(string? use, string run, string? problem)
    {
        _server.Add("db", use, ("key", "x"));
        var prepared = await PrepareAsync(new RunbookStep { Name = "s", Run = run, Env = [FromSecret("X", "db", "key")] });

        Assert.Equal((problem is null ? null : Reasons.SecretNotUsable, problem), (prepared.Problem?.Reason, prepared.Problem?.Message));
    }

    [Theory]
    [InlineData("date", "runbook-reader")]
    [InlineData("rm -rf /x", "fixer")]
    public async Task A_Secret_is_read_as_the_account_that_the_step_acts_as(string run, string account)
    {
        _server.Add("db", Names.SafeStepsUse, ("key", "x"));
        await PrepareAsync(new RunbookStep { Name = "s", Run = run, Env = [FromSecret("X", "db", "key")] });

        Assert.Equal([$"system:serviceaccount:shop:{account}"], _server.ReadAs);
    }

    [Fact]
    public async Task What_is_not_there_or_may_not_be_read_is_named()
    {
        _server.Add("db", Names.SafeStepsUse, ("other", "x"));
        _server.Forbid("hidden");

        Assert.Equal("there is no Secret gone", await ProblemAsync("gone"));
        Assert.Equal("the Secret db has no key key", await ProblemAsync("db"));
        Assert.StartsWith("the service account runbook-reader may not read the Secret hidden", await ProblemAsync("hidden"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("registry.test/tools:1", "the image registry.test/tools:1 is not given by its digest: what runs can change")]
    [InlineData("registry.test/tools@sha256:9f86", "the image registry.test/tools@sha256:9f86 is not given by its digest: what runs can change")]
    [InlineData("other.test/tools@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "the image other.test/tools@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 is in no policy's images")]
    [InlineData(Tools, null)]
    [InlineData("step:1", null)]
    public async Task An_image_other_than_the_operators_is_by_digest_and_in_the_policys_or_dangerous(string image, string? reason)
    {
        var prepared = await PrepareAsync(new RunbookStep { Name = "s", Run = "date", Image = image }, policy: Given.Policy($"{{images: ['{Tools}']}}"));

        Assert.Equal((reason is null ? RiskLevel.Safe : RiskLevel.Dangerous, image), (prepared.Risk, prepared.Image));
        Assert.Equal(reason ?? prepared.Reasons[0], prepared.Reasons[0]);
        Assert.Equal(image != "step:1", prepared.Reasons.Contains($"runs in the image {image}"));
    }

    [Fact]
    public void Only_the_base_adds_images_and_others_take_away()
    {
        Assert.Empty(Given.Policy(null, $"{{images: ['{Tools}']}}").Images.Value);
        Assert.Equal([Tools], Given.Policy($"{{images: ['{Tools}', 'a@sha256:{new string('0', 64)}']}}", $"{{images: ['{Tools}', 'b@sha256:{new string('1', 64)}']}}").Images.Value);
        Assert.Empty(Given.Policy($"{{images: ['{Tools}']}}", "{}", "{images: []}").Images.Value);
        Assert.Equal([Tools], Given.Policy($"{{images: ['{Tools}']}}", "{}").Images.Value);
    }

    [Fact]
    public async Task A_steps_own_environment_and_image_come_before_the_runbooks()
    {
        var step = new RunbookStep { Name = "s", Run = "date", Env = [Value("A", "step")], Image = Tools };
        var runbook = new RunbookSpec { Title = "t", ServiceAccountName = "fixer", Steps = [step], Env = [Value("A", "runbook"), Value("B", "runbook")], Image = "registry.test/old:1" };
        var prepared = await PrepareAsync(step, runbook);

        Assert.Equal(new Dictionary<string, string> { ["A"] = "step", ["B"] = "runbook" }, prepared.Environment);
        Assert.Equal(Tools, prepared.Image);
    }

    [Fact]
    public async Task Approvals_are_about_values_Secrets_and_image()
    {
        _server.Add("db", Names.SafeStepsUse, ("key", "x"), ("other", "x"));
        RunbookStep[] steps =
        [
            new() { Name = "s", Run = "date" },
            new() { Name = "s", Run = "date", Image = Tools },
            new() { Name = "s", Run = "date", Env = [Value("A", "1")] },
            new() { Name = "s", Run = "date", Env = [Value("A", "2")] },
            new() { Name = "s", Run = "date", Env = [Value("A", "db/key")] },
            new() { Name = "s", Run = "date", Env = [FromSecret("A", "db", "key")] },
            new() { Name = "s", Run = "date", Env = [FromSecret("A", "db", "other")] },
            new() { Name = "s", Run = "date", Env = [FromSecret("B", "db", "key")] },
        ];
        var digests = new List<string>();
        foreach (var step in steps)
        {
            digests.Add((await PrepareAsync(step)).Digest);
        }

        Assert.Equal(steps.Length, digests.Distinct().Count());
    }

    [Fact]
    public async Task A_name_that_is_a_variables_too_is_refused_and_is_not_taken_for_a_bounded_value()
    {
        var step = new RunbookStep { Name = "s", Run = "kubectl get pods -n $ns", Env = [Value("ns", "--all-namespaces")] };
        var prepared = await PrepareAsync(step, variables: new() { ["ns"] = "shop" });

        Assert.Equal((Reasons.Invalid, RiskLevel.Dangerous), (prepared.Problem?.Reason, prepared.Risk));
    }

    [Fact]
    public async Task The_Pod_gets_values_doubled_and_Secrets_by_name()
    {
        _server.Add("db", Names.SafeStepsUse, ("password", "$(HOME)"));
        var step = new RunbookStep { Name = "s", Run = "echo \"$GREETING\" \"$date\"", Env = [Value("GREETING", "$(PASSWORD) $HOME"), FromSecret("PASSWORD", "db", "password"), Value("HOME", "/x")] };
        var prepared = await PrepareAsync(step, variables: new() { ["date"] = "2026-11-21" });
        var pod = StepPod.Of(Prepared.Execution, step, prepared, "s-1-0123456789");
        var env = pod.Spec!.Containers![0].Env!;

        Assert.Equal(["GREETING=$$(PASSWORD) $$HOME", "HOME=/x", "date=2026-11-21"], env.Where(variable => variable.Value is not null).Select(variable => $"{variable.Name}={variable.Value}"));
        var secret = Assert.Single(env, variable => variable.ValueFrom is not null);
        Assert.Equal(("PASSWORD", new KeySelector("db", "password", false)), (secret.Name, secret.ValueFrom!.SecretKeyRef));
        Assert.Equal(env.Count, env.Select(variable => variable.Name).Distinct().Count());
    }

    private static EnvironmentVariable Value(string name, string value) => new() { Name = name, Value = value };

    private static EnvironmentVariable FromSecret(string name, string secret, string key) => new() { Name = name, SecretKeyRef = new SecretKeyReference { Name = secret, Key = key } };

    private async Task<string> ProblemAsync(string secret) => (await PrepareAsync(new RunbookStep { Name = "s", Run = "date", Env = [FromSecret("X", secret, "key")] })).Problem!.Message;

    private Task<PreparedStep> PrepareAsync(RunbookStep step, RunbookSpec? runbook = null, EffectivePolicy? policy = null, Dictionary<string, string>? variables = null)
    {
        var judges = new StepJudges(ActionCatalog.Default, new StepJudge(ActionCatalog.Default, new RiskClassifier()));
        var preparer = new StepPreparer(
            _client, ActionCatalog.Default, judges, new FixedPolicies(policy ?? Given.Policy($"{{images: ['{Tools}']}}")), new ExecutionOptions { StepImage = "step:1" }, new ManualTimeProvider());
        return preparer.PrepareAsync(
            Prepared.Execution, runbook ?? new RunbookSpec { Title = "t", ServiceAccountName = "fixer", Steps = [step] }, new Request.Prepare(step, 1, variables ?? []), CancellationToken.None);
    }
}
