using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Cli.Cluster;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Cli.Tests.Cluster;

/// <summary>A namespace of its own for each test, on the real API server. There is no operator: the test writes what it would write.</summary>
public abstract class ClusterTest : IAsyncLifetime
{
    private string _kubeconfig = "";

    protected string Namespace { get; } = "cli-" + RandomNumberGenerator.GetHexString(8, lowercase: true);

    private protected KubernetesClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Definitions.InstallAsync(CancellationToken.None);
        _kubeconfig = await TestCluster.KubeconfigAsync(CancellationToken.None);
        Client = new KubernetesClient(ClusterConfig.Load(_kubeconfig));
        await Client.CreateAsync(new Namespace { Metadata = new ObjectMeta { Name = Namespace } }, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await Client.DeleteAsync<Namespace>(new NamespacedName("", Namespace), null, CancellationToken.None);
        Client.Dispose();
    }

    /// <summary>The program, connected to the test's namespace.</summary>
    private protected TestHost Host(TimeProvider? time = null, string random = "") => new()
    {
        Connect = options => ClusterConnector.Connect(options with { Kubeconfig = _kubeconfig, Namespace = options.Namespace ?? Namespace }),
        Time = time ?? TimeProvider.System,
        RandomHex = digits => random.PadRight(digits, 'a')[..digits],
    };

    private protected NamespacedName Key(string name) => new(Namespace, name);

    private protected Task<Runbook> ARunbookAsync(string name) => Client.CreateAsync(
        new Runbook
        {
            Metadata = new ObjectMeta { Name = name, Namespace = Namespace },
            Spec = new RunbookSpec
            {
                Title = "Something is slow",
                Mode = RunbookMode.Copilot,
                Parameters = [new RunbookParameter { Name = "namespace" }],
                Steps = [new RunbookStep { Name = "bounce", Manual = "Bounce it." }],
            },
        },
        CancellationToken.None);

    /// <summary>A run whose status says that these steps have been looked at.</summary>
    private protected async Task<RunbookExecution> ARunAsync(string name, params StepStatus[] steps)
    {
        var sample = Samples.Run();
        await Client.CreateAsync(
            new RunbookExecution { Metadata = new ObjectMeta { Name = name, Namespace = Namespace }, Spec = sample.Spec }, CancellationToken.None);
        return await SetStatusAsync(name, sample.Status! with { Steps = [.. steps] });
    }

    private protected Task<RunbookExecution> SetStatusAsync(string name, RunbookExecutionStatus status) => Client.PatchAsync<RunbookExecution>(
        Key(name),
        new Patch(PatchType.Merge, new JsonObject { ["status"] = JsonSerializer.SerializeToNode(status, KubernetesJson.Options) }) { Subresource = "status" },
        CancellationToken.None);

    /// <summary>Does the operator's part: answers the first decision that appears.</summary>
    private protected async Task<RunbookApproval> AnswerAsync(string state, string message)
    {
        await foreach (var change in Client.WatchAsync<RunbookApproval>(Namespace, new WatchOptions(), CancellationToken.None))
        {
            if (change is { Type: WatchEventType.Added, Object: { } approval })
            {
                var status = new JsonObject { ["status"] = new JsonObject { ["state"] = state, ["message"] = message } };
                await Client.PatchAsync<RunbookApproval>(
                    NamespacedName.Of(approval), new Patch(PatchType.Merge, status) { Subresource = "status" }, CancellationToken.None);
                return approval;
            }
        }

        throw new InvalidOperationException("The watch ended before a decision appeared.");
    }
}
