using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Cluster.Stories;

/// <summary>One operator and one namespace that lets it in, for tests of single runs: cheaper than a <see cref="Stage"/>, since nothing comes from
/// Git and nothing has to be running.</summary>
public sealed class Scene : IAsyncLifetime, IDisposable
{
    private TestNamespace _namespace = null!;
    private KubernetesClient _client = null!;
    private int _runs;

    internal string Namespace => _namespace.Name;

    internal TestOperator Operator { get; private set; } = null!;

    internal Kubectl Kubectl { get; private set; } = null!;

    internal Ledger Ledger { get; private set; } = null!;

    /// <summary>An administrator's client.</summary>
    internal IKubernetesClient Client => _client;

    public async Task InitializeAsync()
    {
        Operator = await TestOperator.StartAsync();
        Kubectl = await Kubectl.AdministratorAsync(CancellationToken.None);
        _namespace = await TestNamespace.CreateAsync(Kubectl);
        _client = new KubernetesClient(ClusterConfig.FromKubeconfig([await TestCluster.KubeconfigAsync(CancellationToken.None)]));
        Ledger = new Ledger(_client, Namespace);
        var access = await File.ReadAllTextAsync(Path.Combine(TestCluster.RepositoryRoot, "examples", "checkout", "access.yaml"));
        var documents = access.Replace("namespace: checkout", $"namespace: {Namespace}", StringComparison.Ordinal).Split("\n---\n")
            .Where(static document => !document.Contains("\nkind: Namespace\n", StringComparison.Ordinal));
        await ApplyAsync(string.Join("\n---\n", documents));
        await ApplyAsync("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: checkout}
            spec:
              replicas: 0
              selector: {matchLabels: {app: checkout}}
              template:
                metadata: {labels: {app: checkout}}
                spec: {containers: [{name: checkout, image: 'runbooks.dev/checkout:dev'}]}
            """);
    }

    public async Task DisposeAsync()
    {
        await Ledger.DisposeAsync();
        await Operator.DisposeAsync();
        await Kubectl.TryAsync(["delete", "mutatingwebhookconfiguration,validatingwebhookconfiguration", "runbook-operator", "--ignore-not-found"]);
        await _namespace.DisposeAsync();
    }

    public void Dispose() => _client.Dispose();

    internal Task ApplyAsync(string manifests, string? ns = null) => Kubectl.RunAsync(["apply", "-n", ns ?? Namespace, "-f", "-"], manifests);

    /// <summary>The client of a person.</summary>
    internal IKubernetesClient As(string user) => _client.As(new Impersonation(user, user.StartsWith("system:", StringComparison.Ordinal) ? [] : ["system:authenticated"]));

    /// <summary>Lets a subject decide, and approve if a role says so.</summary>
    internal async Task AllowAsync(string subject, params string[] roles)
    {
        foreach (var role in roles)
        {
            // Applied, not created: several tests of one scene let the same person in.
            await ApplyAsync(await Kubectl.RunAsync(
                ["create", "rolebinding", $"{subject.Split(':', '=')[^1]}-{role}", $"--clusterrole={role}", subject, "--dry-run=client", "-o", "yaml"]));
        }
    }

    /// <summary>Takes alerts with <see cref="Stage.Token"/>. Applied, not created: several tests of one scene send alerts.</summary>
    internal Task LetAlertsInAsync() => ApplyAsync($$"""
        apiVersion: v1
        kind: Secret
        metadata: {name: alertmanager, labels: { {{Names.AlertsLabel}}: alertmanager} }
        stringData: {token: {{Stage.Token}}}
        """);

    /// <summary>A runbook of these steps, in YAML, and a run of it by hand.</summary>
    internal async Task<string> StartAsync(string steps, string user = "starter", Dictionary<string, string>? parameters = null, string? ns = null, bool dryRun = false, ExecutionTrigger? trigger = null)
    {
        var name = $"run-{Interlocked.Increment(ref _runs)}";
        var given = string.Concat((parameters ?? []).Keys.Select(parameter => $"\n  - {{name: {parameter}}}"));
        await ApplyAsync($$"""
            apiVersion: runbooks.dev/v1alpha1
            kind: Runbook
            metadata: {name: {{name}}}
            spec:
              title: For a test
              mode: Copilot
              serviceAccountName: checkout-fixer
            {{(given.Length == 0 ? "" : "  parameters:" + given)}}
              steps:
            {{string.Join('\n', steps.Split('\n').Select(static line => "  " + line))}}
            """, ns);
        var client = user == "starter" ? _client : As(user);
        await client.CreateAsync(
            new RunbookExecution
            {
                Metadata = new ObjectMeta { Name = name, Namespace = ns ?? Namespace },
                Spec = new RunbookExecutionSpec
                {
                    Runbook = new ExecutionRunbook { Name = name },
                    Trigger = trigger ?? new ExecutionTrigger { Type = TriggerType.Manual },
                    Parameters = parameters,
                    DryRun = dryRun ? true : null,
                    Mode = RunbookMode.Copilot,
                },
            },
            CancellationToken.None);
        return name;
    }

    /// <summary>A run by hand of a runbook of <c>examples/stories</c>, in the mode that it has there.</summary>
    internal async Task<string> StartExampleAsync(string example)
    {
        await ApplyAsync(await ExampleStories.ReadAsync(example));
        await ExampleStories.StartAsync(_client, Namespace, example);
        return example;
    }

    internal Task<RunbookExecution> RunAsync(string name, string? ns = null) => _client.GetAsync<RunbookExecution>(new NamespacedName(ns ?? Namespace, name), CancellationToken.None);

    /// <summary>Waits until a run is so, and returns it.</summary>
    internal async Task<RunbookExecution> UntilAsync(string name, string what, Func<RunbookExecutionStatus, bool> condition, string? ns = null)
    {
        RunbookExecution? run = null;
        try
        {
            await Stage.UntilAsync($"{name}: {what}", async () => (run = await RunAsync(name, ns)).Status is { } status && condition(status));
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{exception.Message}; it is {run?.Status?.Phase}: {string.Join(", ", run?.Status?.Steps?.Select(step => $"{step.Name} {step.State} ({step.Message})") ?? [])}", exception);
        }

        return run!;
    }

    internal Task<RunbookExecution> EndAsync(string name, string? ns = null) => UntilAsync(name, "it ends", status => ExecutionPhase.IsFinal(status.Phase), ns);

    /// <summary>A person decides on what the run shows, or on what <paramref name="change"/> makes of it. Returns the name of the decision.</summary>
    internal async Task<string> DecideAsync(
        string user, string run, string step, ApprovalDecision decision, Func<RunbookApprovalSpec, RunbookApprovalSpec>? change = null, string suffix = "")
    {
        var execution = await RunAsync(run);
        var status = execution.Status!.Steps!.Single(candidate => candidate.Name == step);
        var spec = new RunbookApprovalSpec
        {
            Execution = new ApprovalExecution { Name = run, Uid = execution.Metadata.Uid! },
            Step = step,
            Attempt = status.Attempt,
            Decision = decision,
            Digest = status.Digest!,
        };
        var created = await As(user).CreateAsync(
            new RunbookApproval
            {
                Metadata = new ObjectMeta { Namespace = Namespace, Name = $"{run}-{step}-{status.Attempt}-{user.Split(':')[^1]}-{decision}{suffix}".ToLowerInvariant() },
                Spec = change?.Invoke(spec) ?? spec,
            },
            CancellationToken.None);
        return created.Metadata.Name!;
    }

    /// <summary>Waits until the operator has said what became of a decision.</summary>
    internal async Task<RunbookApproval> JudgedAsync(string approval, string state)
    {
        RunbookApproval? judged = null;
        await Stage.UntilAsync($"{approval} is {state}", async () =>
            (judged = await _client.GetAsync<RunbookApproval>(new NamespacedName(Namespace, approval), CancellationToken.None)).Status?.State == state);
        return judged!;
    }

    internal Task WantAsync(string user, string run, DesiredState desired) => As(user).PatchAsync<RunbookExecution>(
        new NamespacedName(Namespace, run),
        new Patch(PatchType.Merge, new JsonObject { ["spec"] = new JsonObject { ["desiredState"] = desired.ToString() } }),
        CancellationToken.None);

    /// <summary>How often the workload was changed since it was made.</summary>
    internal async Task<long> GenerationAsync() =>
        long.Parse(await Kubectl.RunAsync(["get", "deployment", "checkout", "-n", Namespace, "-o", "jsonpath={.metadata.generation}"]));
}

/// <summary>Tests of one <see cref="Scene"/>: they share its operator, and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SceneCollection : ICollectionFixture<Scene>
{
    public const string Name = "Scene";
}
