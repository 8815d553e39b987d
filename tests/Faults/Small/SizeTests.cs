using System.Text;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Faults;

/// <summary>The limits of the resources, reached and exceeded, with sizes as etcd has them.</summary>
[Collection(BenchFixture.Name)]
public sealed class SizeTests(BenchFixture fixture)
{
    private const int LargestRun = 256 << 10;
    private const int TypicalRun = 16 << 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    [Trait("Category", "Faults")]
    public async Task A_run_of_fifty_steps_that_say_much_stays_within_its_bounds()
    {
        // 90 workloads: what lists them is longer than what is kept of an output, and full of characters that JSON must escape.
        var arena = await Arena.CreateAsync("sizes", lanes: 15, asks: false);
        var steps = string.Join("\n  ", Enumerable.Range(1, Limits.Steps).Select(static i =>
            $"- {{name: step-{i:00}, uses: kubernetes/get, with: {{kind: Deployment, output: json}}, description: {new string('d', 200)}}}"));
        var run = await RunAsync(arena, $"steps:\n  {steps}");

        var stored = Sizes(arena, run);
        Assert.True(stored.Max() < LargestRun, $"{stored.Max()} bytes");
        Assert.Equal(ExecutionPhase.Succeeded, run.Status!.Phase);
        Assert.Equal(Limits.Steps, run.Status.Steps!.Count);
        Assert.True(run.Status.Steps.Sum(static step => Encoded(step.Output)) <= Limits.OutputsTogether);
        Assert.All(run.Status.Steps, static step => Assert.InRange(Encoding.UTF8.GetByteCount(step.Output ?? ""), 1, Limits.Output));
        Assert.All(run.Status.Steps, static step => Assert.True(step.Truncated == true, $"{step.Name} was not cut"));
    }

    [Fact]
    [Trait("Category", "Faults")]
    public async Task A_typical_run_of_eight_steps_is_small()
    {
        var arena = await Arena.CreateAsync("typical", lanes: 1, asks: false);
        var run = await RunAsync(arena, null);

        Assert.Equal(Arena.Steps, run.Status!.Steps!.Count);
        Assert.True(Sizes(arena, run).Max() < TypicalRun, $"{Sizes(arena, run).Max()} bytes");
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("name: nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn", 0)]
    [MemberData(nameof(TooMuch))]
    public async Task What_is_beyond_a_limit_is_refused_by_the_api_server(string spec, int steps)
    {
        var arena = await Arena.CreateAsync("beyond", lanes: 1, asks: false);
        var all = steps == 0 ? $"steps:\n  - {{{spec}, manual: look}}" : spec;
        var refused = await ApplyAsync(arena, "beyond", all);

        Assert.True(refused.ExitCode != 0, "it was taken");
        Assert.Contains("invalid", refused.Error, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>One more than each limit allows.</summary>
    public static TheoryData<string, int> TooMuch() => new()
    {
        { "steps:\n  " + string.Join("\n  ", Enumerable.Range(0, Limits.Steps + 1).Select(static i => $"- {{name: s{i}, manual: look}}")), Limits.Steps + 1 },
        { $"steps:\n  - {{name: long, run: '{new string('x', Limits.Run + 1)}'}}", 1 },
        { "parameters:\n  " + string.Join("\n  ", Enumerable.Range(0, Limits.Parameters + 1).Select(static i => $"- {{name: p{i}}}")) + "\nsteps:\n  - {name: look, manual: look}", 1 },
    };

    [Fact]
    [Trait("Category", "Faults")]
    public async Task What_is_just_within_the_limits_is_taken()
    {
        var arena = await Arena.CreateAsync("within", lanes: 1, asks: false);
        var steps = string.Join("\n  ", Enumerable.Range(0, Limits.Steps - 1).Select(static i => $"- {{name: {new string('s', Limits.Name - 2)}{i:00}, manual: look}}"));
        var parameters = string.Join("\n  ", Enumerable.Range(0, Limits.Parameters).Select(static i => $"- {{name: p{i}}}"));
        var taken = await ApplyAsync(arena, new string('n', Limits.Name), $"parameters:\n  {parameters}\nsteps:\n  {steps}\n  - {{name: long, run: '{new string('x', Limits.Run)}'}}");

        Assert.True(taken.ExitCode == 0, taken.Error);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public async Task An_incident_keeps_the_newest_hundred_alerts_of_four_kilobytes()
    {
        var arena = await Arena.CreateAsync("alerts", lanes: 1, asks: false);
        await Replica.FreeLeaseAsync(fixture.Bench);
        await using var replica = await Replica.StartAsync(fixture.Bench);
        await replica.Process.ReadyAsync();
        using var sender = new AlertSender(() => replica.Process.AlertsOf(arena.Namespace));
        var alerts = Enumerable.Range(0, Limits.Alerts + 20)
            .Select(static i => new SentAlert("big", 0, $"f{i:000}", TimeProvider.System.GetUtcNow()) { Name = "Noise", Text = new string('<', 3000) }).ToList();
        foreach (var some in alerts.Chunk(20))
        {
            await Eventually.UntilAsync("they are taken", Patience, () => sender.TrySendAsync(some));
        }

        var incident = await fixture.Bench.Client.GetAsync<Incident>(new NamespacedName(arena.Namespace, Story.Incident("big")), CancellationToken.None);
        Assert.Equal(Limits.Alerts + 20, incident.Spec.AlertCount);
        Assert.Equal(alerts.Skip(20).Select(static alert => alert.Fingerprint), incident.Spec.Alerts!.Select(static alert => alert.Fingerprint));
        await fixture.Bench.CatchUpAsync(arena);
        var largest = fixture.Bench.Objects.Versions.Where(version => version.Key.Contains($"/incidents/{arena.Namespace}/", StringComparison.Ordinal)).Max(static version => version.Size);
        Assert.True(largest < Limits.Alerts * Limits.AlertBytes * 2, $"{largest} bytes");
    }

    private async Task<RunbookExecution> RunAsync(Arena arena, string? spec)
    {
        await Replica.FreeLeaseAsync(fixture.Bench);
        await using var replica = await Replica.StartAsync(fixture.Bench);
        await replica.Process.ReadyAsync();
        if (spec is not null)
        {
            (await ApplyAsync(arena, "sized", spec)).EnsureSuccess();
        }

        var run = await fixture.Bench.StartRunAsync(arena, spec is null ? "lane0" : "sized", "sized", Patience);
        await fixture.Bench.CatchUpAsync(arena);
        return run;
    }

    private Task<ShellResult> ApplyAsync(Arena arena, string name, string spec) =>
        Kubectl.For(fixture.Bench.Cluster.Kubeconfig).TryAsync(["apply", "--validate=false", "-n", arena.Namespace, "-f", "-"], $$$"""
            apiVersion: runbooks.dev/v1alpha1
            kind: Runbook
            metadata: {name: {{{name}}}}
            spec:
              title: Sizes
              mode: Copilot
              serviceAccountName: fixer
              {{{spec.Replace("\n", "\n  ", StringComparison.Ordinal)}}}
            """);

    private List<int> Sizes(Arena arena, RunbookExecution run) =>
        [.. fixture.Bench.Objects.Versions.Where(version => version.Key.EndsWith($"/runbookexecutions/{arena.Namespace}/{run.Metadata.Name}", StringComparison.Ordinal)).Select(static version => version.Size)];

    private static int Encoded(string? output) => output is null ? 0 : System.Text.Json.JsonEncodedText.Encode(output).EncodedUtf8Bytes.Length;
}
