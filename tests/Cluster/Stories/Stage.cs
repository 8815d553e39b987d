using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Cluster.Stories;

/// <summary>A namespace with all that the story needs: a service that can break, accounts, a Git repository with its runbook, and Riley, who is
/// on call. What the outside sees of it is kept in a ledger.</summary>
internal sealed class Stage : IAsyncDisposable
{
    public const string Token = "a-token-of-the-tests-0123456789";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly KubernetesClient _client;
    private readonly TestNamespace _namespace;
    private readonly Kubectl _kubectl;
    private readonly HttpClient _http = new();
    private readonly DateTimeOffset _startsAt;

    private Stage(KubernetesClient client, TestNamespace ns, Kubectl kubectl, string repository)
    {
        _client = client;
        _namespace = ns;
        _kubectl = kubectl;
        Repository = repository;
        Ledger = new Ledger(client, ns.Name);
        _startsAt = TimeProvider.System.GetUtcNow();
    }

    /// <summary>The namespace.</summary>
    public string Namespace => _namespace.Name;

    /// <summary>The bare Git repository.</summary>
    public string Repository { get; }

    /// <summary>What was seen to happen.</summary>
    public Ledger Ledger { get; }

    /// <summary>An administrator's client.</summary>
    public IKubernetesClient Client => _client;

    /// <summary>Riley's.</summary>
    public IKubernetesClient Riley => _client.As(new Impersonation("riley", ["system:authenticated"]));

    /// <summary>Sets it up, with the runbook of the story in Git and in the cluster once an operator syncs.</summary>
    public static async Task<Stage> SetAsync(string runbook = StoryRunbook.Yaml)
    {
        await Permissions.InstallAsync();
        var kubectl = await Kubectl.AdministratorAsync(CancellationToken.None);
        var ns = await TestNamespace.CreateAsync(kubectl);
        var root = TestCluster.RepositoryRoot;
        foreach (var file in new[] { "access.yaml", "workload.yaml" })
        {
            var text = await File.ReadAllTextAsync(Path.Combine(root, "examples", "checkout", file));
            var here = text.Replace("namespace: checkout", $"namespace: {ns.Name}", StringComparison.Ordinal)
                .Split("\n---\n").Where(static document => !document.Contains("\nkind: Namespace\n", StringComparison.Ordinal));
            await kubectl.RunAsync(["apply", "-f", "-"], string.Join("\n---\n", here));
        }

        await kubectl.RunAsync(["create", "secret", "generic", "alertmanager", "-n", ns.Name, $"--from-literal=token={Token}"]);
        await kubectl.RunAsync(["label", "secret", "alertmanager", "-n", ns.Name, $"{Names.AlertsLabel}=alertmanager"]);
        var repository = await GitAsync(runbook);
        await kubectl.RunAsync(["apply", "-f", "-"], $$"""
            apiVersion: runbooks.dev/v1alpha1
            kind: RunbookRepository
            metadata: {name: checkout, namespace: {{ns.Name}}}
            spec:
              url: file://{{repository}}
              path: runbooks
              interval: 10s
              serviceAccountName: checkout-sync
              pullRequests: {provider: git}
            """);
        var config = ClusterConfig.FromKubeconfig([await TestCluster.KubeconfigAsync(CancellationToken.None)]);
        return new Stage(new KubernetesClient(config), ns, kubectl, repository);
    }

    /// <summary>Sends the alert as Alertmanager does, and again until it is accepted.</summary>
    public async Task AlertAsync(Func<Uri> to, bool firing = true)
    {
        var body = new JsonObject
        {
            ["version"] = "4",
            ["groupKey"] = "{}:{alertname=\"CheckoutPoolExhausted\"}",
            ["status"] = firing ? "firing" : "resolved",
            ["alerts"] = new JsonArray(new JsonObject
            {
                ["status"] = firing ? "firing" : "resolved",
                ["labels"] = new JsonObject
                {
                    ["alertname"] = "CheckoutPoolExhausted",
                    ["service"] = "checkout",
                    ["namespace"] = Namespace,
                    ["severity"] = "critical",
                },
                ["annotations"] = new JsonObject { ["summary"] = "80 requests wait" },
                ["startsAt"] = _startsAt.ToString("O"),
                ["endsAt"] = firing ? "0001-01-01T00:00:00Z" : TimeProvider.System.GetUtcNow().ToString("O"),
                ["fingerprint"] = "a1b2c3d4e5f60718",
            }),
        }.ToJsonString();
        await UntilAsync($"the alert ({(firing ? "firing" : "resolved")}) is accepted", async () =>
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, to()) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
                using var answer = await _http.SendAsync(request);
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
    }

    /// <summary>The one run of the namespace; null if there is none.</summary>
    public async Task<RunbookExecution?> RunAsync() => (await _client.ListAllAsync<RunbookExecution>(Namespace, null, CancellationToken.None)).SingleOrDefault();

    /// <summary>The one incident of the namespace; null if there is none.</summary>
    public async Task<Incident?> IncidentAsync() => (await _client.ListAllAsync<Incident>(Namespace, null, CancellationToken.None)).SingleOrDefault();

    /// <summary>The image that the service runs, as its Deployment says.</summary>
    public Task<string> ImageAsync() =>
        _kubectl.RunAsync(["get", "deployment", "checkout", "-n", Namespace, "-o", "jsonpath={.spec.template.spec.containers[0].image}"]);

    /// <summary>Waits until a runbook of the repository is in the cluster.</summary>
    public Task UntilSyncedAsync(string runbook) => UntilAsync(
        $"the runbook {runbook} is in the cluster",
        async () => await _client.FindAsync<Runbook>(new NamespacedName(Namespace, runbook), CancellationToken.None) is not null);

    /// <summary>Riley decides on a step, from what the run shows.</summary>
    public async Task DecideAsync(string step, ApprovalDecision decision, string? reason = null)
    {
        var run = (await RunAsync())!;
        var status = run.Status!.Steps!.Single(candidate => candidate.Name == step);
        await Riley.CreateAsync(
            new RunbookApproval
            {
                Metadata = new ObjectMeta { Namespace = Namespace, Name = $"{run.Metadata.Name}-{step}-{status.Attempt}-riley" },
                Spec = new RunbookApprovalSpec
                {
                    Execution = new ApprovalExecution { Name = run.Metadata.Name!, Uid = run.Metadata.Uid! },
                    Step = step,
                    Attempt = status.Attempt,
                    Decision = decision,
                    Digest = status.Digest!,
                    Reason = reason,
                },
            },
            CancellationToken.None);
    }

    /// <summary>Waits until something is so.</summary>
    public static Task UntilAsync(string what, Func<Task<bool>> condition) => Eventually.UntilAsync(what, Patience, condition);

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        await _kubectl.TryAsync(["delete", "mutatingwebhookconfiguration,validatingwebhookconfiguration", "runbook-operator", "--ignore-not-found"]);
        await _namespace.DisposeAsync();
        _client.Dispose();
        _http.Dispose();
        Directory.Delete(Path.GetDirectoryName(Repository)!, recursive: true);
    }

    private static async Task<string> GitAsync(string runbook)
    {
        var folder = Directory.CreateTempSubdirectory("runbooks-git-").FullName;
        var work = Path.Combine(folder, "work");
        Directory.CreateDirectory(Path.Combine(work, "runbooks"));
        await File.WriteAllTextAsync(Path.Combine(work, "runbooks", "checkout-slow.yaml"), runbook);
        var options = new ShellOptions { WorkingDirectory = work };
        foreach (var command in new[]
        {
            "init -q -b main .", "add .", "-c user.name=sre -c user.email=sre@example.com commit -q -m first", $"clone -q --bare . {folder}/checkout.git",
        })
        {
            (await Shell.RunAsync("git", command.Split(' '), options, CancellationToken.None)).EnsureSuccess();
        }

        return Path.Combine(folder, "checkout.git");
    }
}
