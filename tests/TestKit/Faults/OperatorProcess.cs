using System.Diagnostics;
using System.Globalization;

namespace RunbookOperator.TestKit;

/// <summary>The operator as it is shipped: a process of its own, that can be killed, stopped and started again.</summary>
public sealed class OperatorProcess : IAsyncDisposable
{
    /// <summary>Names the program to start in place of the one that was built with the tests.</summary>
    public const string ProgramVariable = "RUNBOOKS_TEST_OPERATOR";

    private static int _started;

    private readonly Process _process;
    private readonly Task _log;

    private OperatorProcess(Process process, Task log, int alerts, int health, string identity)
    {
        _process = process;
        _log = log;
        AlertsPort = alerts;
        HealthPort = health;
        Identity = identity;
    }

    /// <summary>The port of the alert webhook.</summary>
    public int AlertsPort { get; }

    /// <summary>The port of the probes.</summary>
    public int HealthPort { get; }

    /// <summary>Its name among its replicas.</summary>
    public string Identity { get; }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Its memory that is in use, in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.HasExited ? 0 : _process.WorkingSet64;
        }
    }

    /// <summary>Where alerts of a namespace go.</summary>
    public Uri AlertsOf(string ns) => new($"http://127.0.0.1:{AlertsPort}/alerts/alertmanager/{ns}/alertmanager");

    /// <summary>Starts one.</summary>
    /// <param name="kubeconfig">How it reaches the API server.</param>
    /// <param name="settings">Settings beside the defaults of tests, as <c>Settle</c> and its value.</param>
    /// <param name="logs">The folder of its log.</param>
    public static OperatorProcess Start(string kubeconfig, IReadOnlyDictionary<string, string> settings, string logs)
    {
        var (alerts, health, admission) = (FreePort.Next(), FreePort.Next(), FreePort.Next());
        var identity = $"operator-{Interlocked.Increment(ref _started)}";
        Directory.CreateDirectory(logs);
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["kubeconfig"] = kubeconfig,
            ["namespace"] = Permissions.Namespace,
            ["identity"] = identity,
            ["listen"] = "127.0.0.1",
            ["alertsPort"] = Text(alerts),
            ["healthPort"] = Text(health),
            ["admissionPort"] = Text(admission),
            ["admissionUrl"] = $"https://127.0.0.1:{admission}",
            ["cacheFolder"] = Path.Combine(logs, "git"),
            ["settle"] = "1s",
            ["leaseDuration"] = "3s",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        var program = Program();
        var info = new ProcessStartInfo(program.EndsWith(".dll", StringComparison.Ordinal) ? "dotnet" : program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (info.FileName == "dotnet")
        {
            info.ArgumentList.Add(program);
        }

        foreach (var (name, value) in all)
        {
            info.ArgumentList.Add($"--{name}={value}");
        }

        info.Environment["DOTNET_EnableDiagnostics"] = "0";
        info.Environment["DOTNET_gcServer"] = "0";
        info.Environment.Remove("RUNBOOKS_TEST_KUBECONFIG");
        var process = System.Diagnostics.Process.Start(info)!;
        return new OperatorProcess(process, CopyAsync(process, Path.Combine(logs, $"{identity}.log")), alerts, health, identity);
    }

    /// <summary>Ends it as a lost machine does: at once, with nothing said.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
    }

    /// <summary>Stops it where it is. It knows nothing of the time that passes.</summary>
    public Task FreezeAsync() => Signal.SendAsync(Id, "STOP");

    /// <summary>Lets it go on.</summary>
    public Task ThawAsync() => Signal.SendAsync(Id, "CONT");

    /// <summary>Asks it to end, as a kubelet does.</summary>
    public Task TerminateAsync() => Signal.SendAsync(Id, "TERM");

    /// <summary>Waits for its end.</summary>
    public Task ExitAsync() => _process.WaitForExitAsync();

    /// <summary>Waits until it serves and knows the cluster.</summary>
    public async Task ReadyAsync()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        await Eventually.UntilAsync($"{Identity} is ready", TimeSpan.FromMinutes(1), async () =>
        {
            if (HasExited)
            {
                throw new InvalidOperationException($"{Identity} ended with exit code {_process.ExitCode}; see its log");
            }

            try
            {
                using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{HealthPort}/readyz"));
                return answer.IsSuccessStatusCode;
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                return false;
            }
        });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Kill();
        await _process.WaitForExitAsync();
        await _log;
        _process.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    // The same configuration as the tests themselves were built in.
    private static string Program()
    {
        if (Environment.GetEnvironmentVariable(ProgramVariable) is { Length: > 0 } given)
        {
            return given;
        }

        var configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";
        return Path.Combine(TestCluster.RepositoryRoot, "operator", "Operator", "bin", configuration, "net10.0", "runbook-operator.dll");
    }

    private static async Task CopyAsync(Process process, string file)
    {
        await using var log = TextWriter.Synchronized(new StreamWriter(file) { AutoFlush = true });
        await Task.WhenAll(CopyAsync(process.StandardOutput, log), CopyAsync(process.StandardError, log));
    }

    private static async Task CopyAsync(StreamReader from, TextWriter to)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            await to.WriteLineAsync(line);
        }
    }
}
