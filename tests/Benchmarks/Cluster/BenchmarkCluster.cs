using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Benchmarks.Cluster;

/// <summary>An API server with a namespace full of runbooks. The project's own writes through to the disk, as in production.</summary>
internal sealed class BenchmarkCluster : IAsyncDisposable
{
    private const int Writers = 16;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(20);

    private readonly bool _own;

    private BenchmarkCluster(string kubeconfig, bool own)
    {
        Kubeconfig = kubeconfig;
        _own = own;
        Api = new RawApi(kubeconfig);
    }

    public string Kubeconfig { get; }

    public string Namespace { get; } = $"benchmark-{Environment.ProcessId}";

    public RawApi Api { get; }

    /// <summary>Starts one, or takes that of <see cref="TestCluster.KubeconfigVariable"/>, and fills the namespace.</summary>
    public static async Task<BenchmarkCluster> StartAsync(Settings settings)
    {
        var kubeconfig = Environment.GetEnvironmentVariable(TestCluster.KubeconfigVariable);
        var own = string.IsNullOrEmpty(kubeconfig);
        if (own)
        {
            Progress.Say("starting a cluster");
            kubeconfig = await ScriptAsync("up", "--no-node", "--fsync");
            Environment.SetEnvironmentVariable(TestCluster.KubeconfigVariable, kubeconfig);
        }

        var cluster = new BenchmarkCluster(kubeconfig!, own);
        try
        {
            await cluster.FillAsync(settings);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The server's version.</summary>
    public async Task<string> VersionAsync()
    {
        using var response = await Api.GetAsync("/version", CancellationToken.None);
        return (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["gitVersion"]!;
    }

    /// <summary>The bytes of a runbook for a POST.</summary>
    public byte[] Body(Settings settings, int number, string name) =>
        JsonSerializer.SerializeToUtf8Bytes(SampleRunbooks.Make(settings.Seed, number, Namespace, name), KubernetesJson.Options);

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_own)
            {
                await ScriptAsync("down");
            }
            else
            {
                using var client = new KubernetesClient(ClusterConfig.Load(Kubeconfig));
                await client.DeleteAsync<Namespace>(new NamespacedName("", Namespace), null, CancellationToken.None);
            }
        }
        finally
        {
            Api.Dispose();
        }
    }

    private async Task FillAsync(Settings settings)
    {
        await Definitions.InstallAsync(CancellationToken.None);
        using var client = new KubernetesClient(ClusterConfig.Load(Kubeconfig));
        await client.CreateAsync(new Namespace { Metadata = new ObjectMeta { Name = Namespace } }, CancellationToken.None);
        Progress.Say($"creating {settings.Objects} runbooks");
        await Parallel.ForAsync(0, settings.Objects, new ParallelOptions { MaxDegreeOfParallelism = Writers }, async (i, _) =>
            await Api.PostAsync(RawApi.Collection(Namespace), Body(settings, i, $"runbook-{i:00000}")));
    }

    private static async Task<string> ScriptAsync(params string[] arguments)
    {
        var script = Path.Combine(TestCluster.RepositoryRoot, "tests", "environment", "cluster");
        var result = await Shell.RunAsync(script, arguments, new ShellOptions { Timeout = StartTimeout }, CancellationToken.None);
        return result.EnsureSuccess().Output.TrimEnd();
    }
}
