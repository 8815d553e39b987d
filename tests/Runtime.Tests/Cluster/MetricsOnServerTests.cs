using System.Text.RegularExpressions;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Runtime.Tests.Cluster;

[Trait("Category", "Cluster")]
public sealed partial class MetricsOnServerTests
{
    [Fact]
    public async Task Prometheus_own_tool_finds_no_fault_with_the_page()
    {
        (await Shell.RunAsync(
            "bash",
            ["-c", ". tests/environment/lib/process.sh && need_commands promtool=prometheus"],
            new ShellOptions { Timeout = TimeSpan.FromMinutes(5) },
            CancellationToken.None)).EnsureSuccess();
        await using var server = await FaultyServer.StartAsync();
        using var process = new ProcessMetrics();
        using var metrics = new PrometheusExposition(server.Context.Metrics.Meter, process.Meter);
        using var elector = new LeaderElector(
            server.Client, new LeaderElectorOptions { Lease = new(server.Namespace, "operator"), Identity = "me" }, server.Context);
        using var stop = new CancellationTokenSource();
        await server.CreateAsync("a");
        var leading = elector.RunAsync(stop.Token);
        await elector.WaitAsync(CancellationToken.None);
        await server.SyncAsync();
        var page = "";
        var passes = 0;
        await server.WriteAsync(async client =>
        {
            await client.GetRawAsync("/version", CancellationToken.None);
            page = metrics.Render();
            _ = passes++ > 0 ? 0 : throw new InvalidDataException("The first pass fails, so that there is a length and an error to show.");
        });
        var checkedPage = await Shell.RunAsync("promtool", ["check", "metrics"], new ShellOptions { Input = page }, CancellationToken.None);
        await stop.CancelAsync();
        await leading;

        Assert.True(checkedPage is { ExitCode: 0, Output: "", Error: "" }, $"{checkedPage.Output}{checkedPage.Error}\n{page}");
        Assert.All(
            (string[])[
                "controller_runtime_reconcile_total", "controller_runtime_reconcile_errors_total", "controller_runtime_terminal_reconcile_errors_total",
                "controller_runtime_reconcile_panics_total", "controller_runtime_reconcile_time_seconds", "controller_runtime_max_concurrent_reconciles",
                "controller_runtime_active_workers", "workqueue_depth", "workqueue_adds_total", "workqueue_queue_duration_seconds",
                "workqueue_work_duration_seconds", "workqueue_retries_total", "workqueue_unfinished_work_seconds",
                "workqueue_longest_running_processor_seconds", "rest_client_requests_total", "leader_election_master_status", "reflector_lists_total",
                "reflector_undecodable_objects", "process_cpu_seconds_total", "process_resident_memory_bytes", "process_start_time_seconds",
            ],
            name => Assert.Contains($"# TYPE {name} ", page, StringComparison.Ordinal));
        Assert.Contains("leader_election_master_status{name=\"operator\"} 1\n", page, StringComparison.Ordinal);
        Assert.Equal([], Labels(page).Except(Told()));
        Assert.Contains(",method=\"GET\"}", page, StringComparison.Ordinal);
    }

    // Each metric with the names of its labels.
    private static IEnumerable<string> Labels(string page) => page.Split('\n').Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => Series().Match(line).Groups)
        .Select(series => Row(series["metric"].Value, Name().Matches(series["labels"].Value).Select(label => label.Groups["name"].Value).Where(label => label != "le")));

    private static IEnumerable<string> Told() => File.ReadLines(Path.Combine(TestCluster.RepositoryRoot, "docs/operations.md"))
        .SkipWhile(line => !line.StartsWith("| metric |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Split('|'))
        .Select(cells => Row(cells[1].Trim(' ', '`'), Word().Matches(cells[3]).Select(label => label.Value)));

    private static string Row(string metric, IEnumerable<string> labels) => $"{metric}: {string.Join(' ', labels.Order(StringComparer.Ordinal))}".TrimEnd();

    [GeneratedRegex("^(?<metric>[a-z_]+?)(_bucket|_sum|_count)?(\\{(?<labels>.*)\\})? ", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Series();

    [GeneratedRegex("(?<name>[a-z_]+)=\"", RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    [GeneratedRegex("[a-z_]+", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
