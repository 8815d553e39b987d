using System.Diagnostics;
using RunbookOperator.TestKit;

namespace RunbookOperator.Actions.Tests.Outside;

/// <summary>A server from one of Debian's packages on the loopback, with a folder of its own.</summary>
internal sealed class PackagedServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder;
    private readonly Process _process;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PackagedServer(TemporaryFolder folder, int port, string program, IEnumerable<string> arguments, string ready)
    {
        (_folder, Url) = (folder, $"http://127.0.0.1:{port}");
        _process = new Process { StartInfo = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true, WorkingDirectory = folder.Path }, EnableRaisingEvents = true };
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data?.Contains(ready, StringComparison.Ordinal) == true)
            {
                _ready.TrySetResult();
            }
        };
        _process.Exited += (_, _) => _ready.TrySetException(new InvalidOperationException($"{program} ended with {_process.ExitCode}"));
        _process.Start();
        _process.BeginErrorReadLine();
    }

    public string Url { get; }

    /// <summary>A Prometheus that scrapes <paramref name="target"/> five times a second.</summary>
    public static Task<PackagedServer> PrometheusAsync(string target) => StartAsync("prometheus", "prometheus.yml", $$"""
        global: {scrape_interval: 200ms, scrape_timeout: 200ms}
        scrape_configs:
        - job_name: shop
          static_configs: [{targets: ['{{new Uri(target).Authority}}']}]
        """, "Server is ready to receive web requests");

    public static Task<PackagedServer> AlertmanagerAsync() =>
        StartAsync("prometheus-alertmanager", "alertmanager.yml", "{route: {receiver: nobody}, receivers: [{name: nobody}]}", "Listening on", "--cluster.listen-address=");

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private static async Task<PackagedServer> StartAsync(string package, string file, string config, string ready, params string[] more)
    {
        (await Shell.RunAsync(
            "bash",
            ["-c", ". tests/environment/lib/process.sh && need_commands \"$0=$0\"", package],
            new ShellOptions { Timeout = TimeSpan.FromMinutes(5) },
            CancellationToken.None)).EnsureSuccess();
        var (folder, port) = (new TemporaryFolder(), FreePort.Next());
        await File.WriteAllTextAsync(folder.File(file), config);
        var server = new PackagedServer(
            folder, port, package,
            [$"--config.file={folder.File(file)}", $"--storage{(package == "prometheus" ? ".tsdb" : "")}.path={folder.File("data")}", $"--web.listen-address=127.0.0.1:{port}", .. more],
            ready);
        try
        {
            await server._ready.Task.WaitAsync(Patience, TimeProvider.System);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }
}
