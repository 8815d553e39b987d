using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using RunbookOperator.Hosting;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runtime;
using RunbookOperator.TestKit;

namespace RunbookOperator.Cluster.Stories;

/// <summary>An operator in the test's process, against the real API server, with the rights that deploy/operator.yaml gives and no others.</summary>
internal sealed class TestOperator : IAsyncDisposable
{
    /// <summary>Where it lives: the namespace of deploy/operator.yaml.</summary>
    public const string Namespace = Permissions.Namespace;

    private readonly KubernetesClient _client;
    private readonly OperatorHost _host;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;
    private readonly ILoggerFactory _loggers;
    private bool _disposed;

    private TestOperator(KubernetesClient client, FaultHandler faults, OperatorHost host, StringWriter audit, ILoggerFactory loggers)
    {
        _client = client;
        _host = host;
        _loggers = loggers;
        Faults = faults;
        Audit = audit;
        _run = Task.Run(() => host.RunAsync(_stop.Token));
    }

    public FaultHandler Faults { get; }

    public StringWriter Audit { get; }

    /// <summary>Ends when the operator does, and with what ended it.</summary>
    public Task Ended => _run;

    /// <summary>Where alerts of a namespace go. Before it listens, a port where nobody does: the sender tries again.</summary>
    public Uri AlertsOf(string ns) => new($"http://127.0.0.1:{(_host.Addresses is [var alerts, ..] ? alerts.Port : 1)}/alerts/alertmanager/{ns}/alertmanager");

    /// <summary>Reads a page of the port for probes and Prometheus, whatever its status.</summary>
    public async Task<string> GetAsync(string path)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{_host.Addresses[1].Port}{path}"));
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Waits until no controller has anything to do at once.</summary>
    public Task IdleAsync() => _host.IdleAsync(CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(1));

    /// <summary>Starts one.</summary>
    /// <param name="killAfter">After which of its writes it is ended.</param>
    /// <param name="wait">Whether to wait until it leads.</param>
    public static async Task<TestOperator> StartAsync(int killAfter = int.MaxValue, bool wait = true)
    {
        await Permissions.InstallAsync();
        FaultHandler? faults = null;
        var client = new KubernetesClient(await Permissions.OperatorAsync(), wrap: inner => faults = new FaultHandler(inner, killAfter));
        var port = FreePort.Next();
        var options = new OperatorOptions
        {
            Namespace = Namespace,
            Identity = "test",
            Username = $"system:serviceaccount:{Namespace}:runbook-operator",
            Listen = "127.0.0.1",
            AlertsPort = 0,
            HealthPort = 0,
            AdmissionPort = port,
            AdmissionUrl = $"https://127.0.0.1:{port}",
            CacheFolder = Path.Combine(Path.GetTempPath(), "runbook-operator-tests"),
            AllowLocalRepositories = true,
            Settle = "1s",
            LeaseDuration = "3s",
        };
        var loggers = LoggerFactory.Create(static logging => logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddProvider(TestLog.Provider));
        var audit = new StringWriter();
        var surroundings = new OperatorSurroundings
        {
            Client = client,
            Context = new RuntimeContext { Loggers = loggers },
            Audit = audit,
            Random = RandomNumberGenerator.GetBytes,
        };
        var host = await OperatorHost.CreateAsync(options, surroundings, CancellationToken.None);
        var started = new TestOperator(client, faults!, host, audit, loggers);
        if (wait)
        {
            await (await Task.WhenAny(host.Leading, started._run)).WaitAsync(TimeSpan.FromMinutes(1));
        }

        return started;
    }

    /// <summary>Waits until it was ended by its <see cref="FaultHandler"/>. If it ends otherwise, with what ended it.</summary>
    public async Task<bool> KilledAsync(Task orElse)
    {
        var dead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = Faults.Dead.Register(() => dead.TrySetResult());
        var first = await Task.WhenAny(dead.Task, orElse, _run);
        if (first == _run && !dead.Task.IsCompleted)
        {
            await _run;
        }

        return dead.Task.IsCompleted;
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _stop.CancelAsync();
        try
        {
            await _run.WaitAsync(TimeSpan.FromSeconds(30));
        }
        catch (Exception exception) when (exception is OperationCanceledException or LeadershipLostException or HttpRequestException or ObjectDisposedException)
        {
            // It was ended in the middle of something: that is what the test is about.
        }

        await _host.DisposeAsync();
        _client.Dispose();
        _loggers.Dispose();
        _stop.Dispose();
    }
}
