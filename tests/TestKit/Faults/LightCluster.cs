using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace RunbookOperator.TestKit;

/// <summary>A control plane without a node, of a test's own: etcd, API server and controllers, which may be killed, stopped and read from within.
/// It stands beside the cluster of <see cref="TestCluster"/>, on ports of its own.</summary>
public sealed class LightCluster : IAsyncDisposable
{
    /// <summary>Its port unless <c>CLUSTER_PORT</c> says otherwise; etcd has the next two, the controllers the fourth.</summary>
    public const int DefaultPort = 17443;

    private const string Name = "faults";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(20);

    private readonly HttpClient _etcd = new();
    private readonly int _port;

    private LightCluster(string kubeconfig, int port)
    {
        Kubeconfig = kubeconfig;
        _port = port;
        _etcd.BaseAddress = new Uri($"http://127.0.0.1:{port + 1}");
    }

    /// <summary>The path of an administrator's kubeconfig.</summary>
    public string Kubeconfig { get; }

    /// <summary>The address of the API server.</summary>
    public Uri Server => new($"https://127.0.0.1:{_port}");

    /// <summary>The address of etcd.</summary>
    public Uri Etcd => _etcd.BaseAddress!;

    /// <summary>The API server's audit log, one JSON object a line.</summary>
    public string AuditLog => Path.Combine(Run, "audit.log");

    private string Run => Path.GetDirectoryName(Kubeconfig)!;

    /// <summary>Starts one, and makes it the cluster of this process. Of a name there is one at a time on a machine.</summary>
    /// <param name="fsync">Whether etcd writes through to the disk, as in production.</param>
    public static async Task<LightCluster> StartAsync(bool fsync = true)
    {
        var port = int.TryParse(Environment.GetEnvironmentVariable("CLUSTER_PORT"), out var given) ? given : DefaultPort;
        List<string> arguments = ["up", "--no-node", "--json"];
        if (fsync)
        {
            arguments.Add("--fsync");
        }

        var kubeconfig = await ScriptAsync(port, arguments);
        Environment.SetEnvironmentVariable(TestCluster.KubeconfigVariable, kubeconfig);
        return new LightCluster(kubeconfig, port);
    }

    /// <summary>Kills the API server as a crash does; it is back after <paramref name="pause"/>, and a few seconds for its start.</summary>
    public Task CrashApiServerAsync(TimeSpan pause) =>
        ScriptAsync(_port, ["crash-api-server", pause.TotalSeconds.ToString(CultureInfo.InvariantCulture)]);

    /// <summary>Stops etcd where it is, for that long.</summary>
    public async Task FreezeEtcdAsync(TimeSpan pause)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Run, "processes", "etcd"));
        var process = int.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture);
        await Signal.SendAsync(process, "STOP");
        try
        {
            await Task.Delay(pause, TimeProvider.System);
        }
        finally
        {
            await Signal.SendAsync(process, "CONT");
        }
    }

    /// <summary>Makes etcd refuse writes, as it does when its space is used up, or lets it write again.</summary>
    public Task SetSpaceAlarmAsync(bool full) => CallAsync("v3/maintenance/alarm", new JsonObject
    {
        ["action"] = full ? "ACTIVATE" : "DEACTIVATE",
        ["memberID"] = 0,
        ["alarm"] = "NOSPACE",
    });

    /// <summary>Forgets all history up to now, so that whoever follows from an older version is told that it is gone.</summary>
    public async Task CompactAsync()
    {
        var revision = await RevisionAsync();
        await CallAsync("v3/kv/compaction", new JsonObject { ["revision"] = revision, ["physical"] = true });
    }

    /// <summary>The newest revision of the store.</summary>
    public async Task<long> RevisionAsync()
    {
        var answer = await CallAsync("v3/kv/range", new JsonObject { ["key"] = Convert.ToBase64String("/"u8), ["count_only"] = true });
        return long.Parse((string)answer["header"]!["revision"]!, CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until the API server answers.</summary>
    public Task ReadyAsync() => Eventually.UntilAsync("the API server is ready", TimeSpan.FromMinutes(1), async () =>
        (await Kubectl.For(Kubeconfig).TryAsync(["get", "--raw", "/readyz", "--request-timeout=2s"])).ExitCode == 0);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _etcd.Dispose();
        await ScriptAsync(_port, ["down"]);
    }

    private async Task<JsonNode> CallAsync(string path, JsonObject request)
    {
        using var content = new StringContent(request.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await _etcd.PostAsync(new Uri(path, UriKind.Relative), content);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new HttpRequestException($"etcd: {path}: {text}");
    }

    private static async Task<string> ScriptAsync(int port, IReadOnlyList<string> arguments)
    {
        var environment = new Dictionary<string, string?>
        {
            ["CLUSTER_NAME"] = Name,
            ["CLUSTER_PORT"] = port.ToString(CultureInfo.InvariantCulture),
        };
        var script = Path.Combine(TestCluster.RepositoryRoot, "tests", "environment", "cluster");
        var result = await Shell.RunAsync(script, arguments, new ShellOptions { Timeout = StartTimeout, Environment = environment }, CancellationToken.None);
        return result.EnsureSuccess().Output.TrimEnd();
    }
}
