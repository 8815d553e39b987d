using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runtime;

namespace RunbookOperator.Hosting;

/// <summary>The operator's process. Exit codes: 0 it was asked to stop; 1 it failed, or another replica leads; 2 its settings cannot be used.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        OperatorOptions options;
        ClusterConfig cluster;
        try
        {
            var configuration = new ConfigurationBuilder().AddEnvironmentVariables(OperatorOptions.Prefix).AddCommandLine(args).Build();
            options = OperatorOptions.Read(configuration, Environment.MachineName);
            cluster = ClusterConfig.Load(configuration["kubeconfig"]);
        }
        catch (Exception exception) when (exception is OptionsException or ConfigurationException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }

        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        using var loggers = LoggerFactory.Create(static logging => logging
            .SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddJsonConsole(static json => { json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"; json.UseUtcTimestamp = true; }));
        var context = new RuntimeContext { Loggers = loggers };
        using var client = new KubernetesClient(cluster, wrap: context.Metrics.CountRequests);
        return await RunAsync(options, client, [cluster.Server.IdnHost], context, stop.Token);
    }

    private static async Task<int> RunAsync(OperatorOptions options, KubernetesClient client, IReadOnlyList<string> servers, RuntimeContext context, CancellationToken stop)
    {
        var logger = context.Loggers.CreateLogger("RunbookOperator");
        using var process = new ProcessMetrics();
        try
        {
            var surroundings = new OperatorSurroundings
            {
                Client = client,
                ApiServers = servers,
                Context = context,
                Meters = [process.Meter],
                Audit = TextWriter.Synchronized(Console.Out),
                Random = RandomNumberGenerator.GetBytes,
            };
            await using var host = await OperatorHost.CreateAsync(options, surroundings, stop);
            await host.RunAsync(stop);
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception exception)
        {
            // Whatever it is: a new process starts from what is stored, and that is safe at any moment.
            logger.LogCritical(exception, "The operator ends");
            return 1;
        }
    }

    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}
