using System.Text.Json.Nodes;
using RunbookOperator.Actions;
using RunbookOperator.Api;
using RunbookOperator.Documents;
using RunbookOperator.Git;
using RunbookOperator.Kubernetes;
using RunbookOperator.Risk;
using RunbookOperator.Runtime;
using RunbookOperator.Sync;
using RunbookOperator.TestKit;

namespace RunbookOperator.Cluster;

/// <summary>A namespace with a service account that may write runbooks, a Git repository on this machine, and the sync between them.</summary>
internal sealed class SyncRig : IAsyncDisposable
{
    public const string Repository = "runbooks";

    /// <summary>The service account that runbooks may name.</summary>
    public const string Lent = "fixer";

    private const string Account = "sync";

    private static readonly RuntimeContext Context = new();
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly WriteCounter _writes;
    private readonly Informer<RunbookRepository> _repositories;
    private readonly Informer<Runbook> _runbooks;
    private readonly EventRecorder _events;
    private readonly Task _watching;
    private readonly RunbookRepositoryReconciler _reconciler;

    private SyncRig(KubernetesClient client, WriteCounter writes, Kubectl kubectl, TestNamespace ns, TemporaryFolder folder, GitRepository git)
    {
        (Client, _writes, Kubectl, Namespace, Folder, Git) = (client, writes, kubectl, ns, folder, git);
        var options = new InformerOptions { Namespace = ns.Name };
        _repositories = new Informer<RunbookRepository>(client, options, Context);
        _runbooks = new Informer<Runbook>(client, options, Context);
        _events = new EventRecorder(client, new EventRecorderOptions { ReportingController = "runbooks.dev/operator", ReportingInstance = "test" }, Context);
        _watching = Task.WhenAll(_repositories.RunAsync(_stop.Token), _runbooks.RunAsync(_stop.Token));
        _reconciler = NewReconciler();
    }

    public KubernetesClient Client { get; }

    public Kubectl Kubectl { get; }

    public TestNamespace Namespace { get; }

    public TemporaryFolder Folder { get; }

    public GitRepository Git { get; }

    public NamespacedName Key => new(Namespace.Name, Repository);

    public static async Task<SyncRig> CreateAsync()
    {
        await Definitions.InstallAsync(CancellationToken.None);
        var kubectl = await Kubectl.AdministratorAsync(CancellationToken.None);
        var ns = await TestNamespace.CreateAsync(kubectl);
        var writes = new WriteCounter();
        var config = ClusterConfig.FromKubeconfig([await TestCluster.KubeconfigAsync(CancellationToken.None)]);
        var client = new KubernetesClient(config, wrap: inner =>
        {
            writes.InnerHandler = inner;
            return writes;
        });
        await kubectl.RunAsync(["apply", "-n", ns.Name, "-f", "-"], Rights);
        var folder = new TemporaryFolder();
        var rig = new SyncRig(client, writes, kubectl, ns, folder, await GitRepository.CreateAsync(folder.File("origin.git")));
        await rig._repositories.WaitForSyncAsync(CancellationToken.None).WaitAsync(Patience);
        await rig._runbooks.WaitForSyncAsync(CancellationToken.None).WaitAsync(Patience);
        return rig;
    }

    /// <summary>The sync as after a restart, with the mirrors of before.</summary>
    public RunbookRepositoryReconciler NewReconciler()
    {
        var runner = new GitRunner(new GitOptions { CacheFolder = Folder.File("cache"), AllowLocalRepositories = true }, TimeProvider.System);
        var files = new RunbookFiles(new RunbookReader(), new RunbookValidator(new ActionCatalog([]), new RiskClassifier()));
        return RunbookRepositoryReconciler.Create(
            Client, _repositories, _runbooks, new GitMirrors(runner), files, _events, TimeProvider.System, static () => 0.5);
    }

    /// <summary>Creates or changes the RunbookRepository.</summary>
    public async Task<RunbookRepository> ConfigureAsync(Func<RunbookRepositorySpec, RunbookRepositorySpec>? change = null)
    {
        var spec = new RunbookRepositorySpec { Url = Git.Address, ServiceAccountName = Account };
        var repository = new RunbookRepository
        {
            Metadata = new ObjectMeta { Name = Repository, Namespace = Namespace.Name },
            Spec = change is null ? spec : change(spec),
        };
        var stored = await Client.ApplyAsync(repository, new ApplyOptions("test"), CancellationToken.None);
        await SeenAsync(_repositories, stored);
        return stored;
    }

    /// <summary>One pass, and the repository after it.</summary>
    public async Task<RunbookRepository> SyncAsync(IReconciler? reconciler = null)
    {
        var before = _writes.Count;
        Result = await (reconciler ?? _reconciler).ReconcileAsync(Key, CancellationToken.None);
        Writes = _writes.Count - before;
        foreach (var runbook in await RunbooksAsync())
        {
            await SeenAsync(_runbooks, runbook);
        }

        var repository = await Client.GetAsync<RunbookRepository>(Key, CancellationToken.None);
        await SeenAsync(_repositories, repository);
        return repository;
    }

    /// <summary>Deletes the RunbookRepository and makes the pass that follows.</summary>
    public async Task ForgottenAsync()
    {
        await Client.DeleteAsync<RunbookRepository>(Key, null, CancellationToken.None);
        await _repositories.WaitUntilAsync(lister => lister.Find(Key) is null, CancellationToken.None).WaitAsync(Patience);
        await _reconciler.ReconcileAsync(Key, CancellationToken.None);
    }

    /// <summary>What the last pass returned.</summary>
    public ReconcileResult Result { get; private set; }

    /// <summary>Writes to the API server in the last pass, but for events.</summary>
    public int Writes { get; private set; }

    public Task<IReadOnlyList<Runbook>> RunbooksAsync() => Client.ListAllAsync<Runbook>(Namespace.Name, null, CancellationToken.None);

    public Task<Runbook?> FindAsync(string name) => Client.FindAsync<Runbook>(new NamespacedName(Namespace.Name, name), CancellationToken.None);

    public async Task<IReadOnlyList<string>> EventsAsync()
    {
        await _events.FlushAsync(CancellationToken.None).WaitAsync(Patience);
        var events = await Client.ListAllAsync<Event>(Namespace.Name, null, CancellationToken.None);
        return [.. events.Where(e => e.Regarding?.Name == Repository).OrderBy(e => e.EventTime).Select(e => $"{e.Type} {e.Reason}")];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching.ContinueWith(static _ => { }, TaskScheduler.Default);
        await _events.DisposeAsync();
        await Namespace.DisposeAsync();
        Client.Dispose();
        Folder.Dispose();
        _stop.Dispose();
    }

    private static Task SeenAsync<T>(Informer<T> informer, T stored)
        where T : class, IKubernetesObject<T> =>
        informer.WaitUntilAsync(
            lister => lister.Find(NamespacedName.Of(stored))?.Metadata.ResourceVersion == stored.Metadata.ResourceVersion, CancellationToken.None).WaitAsync(Patience);

    private static string Rights => new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "List",
        ["items"] = new JsonArray(
            new JsonObject { ["apiVersion"] = "v1", ["kind"] = "ServiceAccount", ["metadata"] = new JsonObject { ["name"] = Account } },
            new JsonObject
            {
                ["apiVersion"] = "rbac.authorization.k8s.io/v1",
                ["kind"] = "Role",
                ["metadata"] = new JsonObject { ["name"] = Account },
                ["rules"] = new JsonArray(Rule(Names.Group, "runbooks", "get", "create", "patch", "delete"), Rule("", "secrets", "get"), Impersonating(Lent)),
            },
            new JsonObject
            {
                ["apiVersion"] = "rbac.authorization.k8s.io/v1",
                ["kind"] = "RoleBinding",
                ["metadata"] = new JsonObject { ["name"] = Account },
                ["roleRef"] = new JsonObject { ["apiGroup"] = "rbac.authorization.k8s.io", ["kind"] = "Role", ["name"] = Account },
                ["subjects"] = new JsonArray(new JsonObject { ["kind"] = "ServiceAccount", ["name"] = Account }),
            }),
    }.ToJsonString();

    private static JsonObject Impersonating(string account)
    {
        var rule = Rule("", "serviceaccounts", "impersonate");
        rule["resourceNames"] = new JsonArray(account);
        return rule;
    }

    private static JsonObject Rule(string group, string resource, params string[] verbs) => new()
    {
        ["apiGroups"] = new JsonArray(group),
        ["resources"] = new JsonArray(resource),
        ["verbs"] = new JsonArray([.. verbs.Select(verb => JsonValue.Create(verb))]),
    };

    private sealed class WriteCounter : DelegatingHandler
    {
        private int _count;

        public int Count => _count;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method != HttpMethod.Get && request.RequestUri?.AbsolutePath.Contains("/events", StringComparison.Ordinal) == false)
            {
                Interlocked.Increment(ref _count);
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
