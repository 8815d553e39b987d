using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using RunbookOperator.Cluster.Stories;
using RunbookOperator.TestKit;

namespace RunbookOperator.Cluster.Alerts;

/// <summary>Debian's Alertmanager on the loopback, with a folder of its own, that pages one webhook.</summary>
internal sealed class Alertmanager : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private readonly Process _process;

    private Alertmanager(Uri webhook, string token)
    {
        var port = FreePort.Next();
        _http.BaseAddress = new Uri($"http://127.0.0.1:{port}");
        File.WriteAllText(_folder.File("token"), token);
        File.WriteAllText(_folder.File("alertmanager.yml"), $$$"""
            route: {receiver: runbooks, group_by: [alertname, namespace, service], group_wait: 0s, group_interval: 1s, repeat_interval: 1h}
            receivers:
            - name: runbooks
              webhook_configs:
              - url: '{{{webhook}}}'
                send_resolved: true
                http_config: {authorization: {type: Bearer, credentials_file: '{{{_folder.File("token")}}}'}}
            """);

        // Its log goes to a file beside it: a pipe that nobody reads would fill up.
        _process = Process.Start(new ProcessStartInfo("bash", [
            "-c", "exec prometheus-alertmanager --config.file=\"$0/alertmanager.yml\" --storage.path=\"$0/data\" --web.listen-address=\"$1\" --cluster.listen-address= >\"$0/log\" 2>&1",
            _folder.Path, $"127.0.0.1:{port}"]))!;
    }

    public static async Task<Alertmanager> StartAsync(Uri webhook, string token)
    {
        (await Shell.RunAsync(
            "bash",
            ["-c", ". tests/environment/lib/process.sh && need_commands prometheus-alertmanager=prometheus-alertmanager"],
            new ShellOptions { Timeout = TimeSpan.FromMinutes(5) },
            CancellationToken.None)).EnsureSuccess();
        var started = new Alertmanager(webhook, token);
        await Stage.UntilAsync("Alertmanager is ready", async () => await started.TryGetAsync("/-/ready") is not null);
        return started;
    }

    /// <summary>What Prometheus sends while an alert fires, and once more when it has ended.</summary>
    public async Task FireAsync(string ns, DateTimeOffset startsAt, DateTimeOffset? endsAt = null)
    {
        var alert = new JsonObject
        {
            ["labels"] = new JsonObject { ["alertname"] = "CheckoutPoolExhausted", ["service"] = "checkout", ["namespace"] = ns, ["severity"] = "critical" },
            ["annotations"] = new JsonObject { ["summary"] = "80 requests wait" },
            ["startsAt"] = startsAt.ToString("O"),
        };
        if (endsAt is { } end)
        {
            alert["endsAt"] = end.ToString("O");
        }

        using var body = new StringContent(new JsonArray(alert).ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri("/api/v2/alerts", UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>How many of its requests to the webhook were refused so far.</summary>
    public async Task<int> RefusedAsync()
    {
        const string name = "alertmanager_notification_requests_failed_total{integration=\"webhook\"} ";
        var line = (await TryGetAsync("/metrics") ?? "").Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return line is null ? 0 : int.Parse(line[name.Length..]);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
        _folder.Dispose();
    }

    private async Task<string?> TryGetAsync(string path)
    {
        try
        {
            return await _http.GetStringAsync(new Uri(path, UriKind.Relative));
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
