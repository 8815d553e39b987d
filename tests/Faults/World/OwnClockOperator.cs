using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using RunbookOperator.Hosting;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runtime;
using RunbookOperator.TestKit;

namespace RunbookOperator.Faults;

/// <summary>An operator in this process, with a clock of its own. Like the others it is started again when it gives up.</summary>
internal sealed class OwnClockOperator : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _port = FreePort.Next();
    private readonly SkewedTime _time;
    private readonly string _name;
    private readonly Task _running;
    private Uri? _alerts;
    private int _restarts;

    private OwnClockOperator(string name, SkewedTime time)
    {
        (_name, _time) = (name, time);
        _running = Task.Run(SuperviseAsync);
    }

    /// <summary>How often it gave up its leadership and began anew.</summary>
    public int Restarts => _restarts;

    public static async Task<OwnClockOperator> StartAsync(string name, SkewedTime time)
    {
        var started = new OwnClockOperator(name, time);
        await (await Task.WhenAny(started._up.Task, started._running)).WaitAsync(TimeSpan.FromMinutes(1));
        return started;
    }

    /// <summary>Where alerts of a namespace go.</summary>
    public Uri AlertsOf(string ns) => new(_alerts!, $"/alerts/alertmanager/{ns}/alertmanager");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task SuperviseAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await RunAsync();
            }
            catch (Exception exception) when (exception is LeadershipLostException or HttpRequestException or ApiException)
            {
                // As a process that ends and is started again.
                Interlocked.Increment(ref _restarts);
            }
        }
    }

    private async Task RunAsync()
    {
        using var client = new KubernetesClient(await Permissions.OperatorAsync(), time: _time);
        using var loggers = LoggerFactory.Create(static _ => { });
        var options = new OperatorOptions
        {
            Namespace = Permissions.Namespace,
            Identity = _name,
            Username = $"system:serviceaccount:{Permissions.Namespace}:runbook-operator",
            Listen = "127.0.0.1",
            AlertsPort = 0,
            HealthPort = 0,
            AdmissionPort = _port,
            AdmissionUrl = $"https://127.0.0.1:{_port}",
            Settle = "1s",
            LeaseDuration = "3s",
        };
        var surroundings = new OperatorSurroundings
        {
            Client = client,
            Context = new RuntimeContext { Loggers = loggers, Time = _time },
            Random = RandomNumberGenerator.GetBytes,
        };
        await using var host = await OperatorHost.CreateAsync(options, surroundings, _stop.Token);
        var running = host.RunAsync(_stop.Token);
        await Task.WhenAny(host.Synced, running);
        if (!running.IsCompleted)
        {
            Volatile.Write(ref _alerts, host.Addresses[0]);
            _up.TrySetResult();
        }

        await running;
    }
}
