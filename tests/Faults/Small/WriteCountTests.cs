using System.Globalization;
using RunbookOperator.Api;
using RunbookOperator.TestKit;

namespace RunbookOperator.Faults;

/// <summary>How often the run object is written, by the API server's own count.</summary>
[Collection(BenchFixture.Name)]
public sealed class WriteCountTests(BenchFixture fixture)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData(false, Arena.Steps + 2)]
    [InlineData(true, Arena.Steps + 2 + 1)]
    public async Task A_run_of_s_steps_is_written_s_plus_two_times_and_once_more_for_each_wait_for_a_person(bool asks, int expected)
    {
        var bench = fixture.Bench;
        var arena = await Arena.CreateAsync("writes", lanes: 1, asks);
        await Replica.FreeLeaseAsync(bench);
        await using var replica = await Replica.StartAsync(bench);
        await replica.Process.ReadyAsync();
        using var sender = new AlertSender(() => replica.Process.AlertsOf(arena.Namespace));
        await Eventually.UntilAsync("it leads", Patience, () => replica.LeadsAsync(bench));
        var before = await WritesAsync();
        var run = await new Story(bench, arena, sender, Patience).PlayAsync("counted", 0);

        Assert.Equal(ExecutionPhase.Succeeded, run.Status!.Phase);
        Assert.Equal(expected, await WritesAsync() - before);
    }

    private async Task<int> WritesAsync()
    {
        var metrics = await Kubectl.For(fixture.Bench.Cluster.Kubeconfig).RunAsync(["get", "--raw", "/metrics"]);
        return metrics.Split('\n')
            .Where(static line => line.StartsWith("apiserver_request_total{", StringComparison.Ordinal)
                && line.Contains($"resource=\"{RunbookExecution.Definition.Plural}\"", StringComparison.Ordinal)
                && (line.Contains("verb=\"POST\"", StringComparison.Ordinal) || line.Contains("verb=\"PATCH\"", StringComparison.Ordinal) || line.Contains("verb=\"PUT\"", StringComparison.Ordinal)))
            .Sum(static line => (int)double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }
}
