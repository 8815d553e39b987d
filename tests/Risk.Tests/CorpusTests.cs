using System.Text.Json;
using Xunit.Abstractions;

namespace RunbookOperator.Risk.Tests;

/// <summary>The labelled commands: from public runbooks, and written to fool a classifier.</summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly RiskClassifier Classifier = new();

    private sealed record Labelled(string Id, string Command, string Label, string Confidence, string Category)
    {
        public RiskVerdict Verdict { get; } = Classifier.Classify(Command);

        public bool IsSure => Confidence is "high" or "medium";

        public bool IsKubectl => Command.StartsWith("kubectl ", StringComparison.Ordinal) && Verdict.Reasons.All(reason => reason.Rule != "program.unknown");
    }

    private static readonly List<Labelled> All =
        [.. new[] { "real.jsonl", "adversarial.jsonl" }
            .SelectMany(file => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Corpus", file)))
            .Select(line => JsonSerializer.Deserialize<Labelled>(line, Json)!)];

    [Fact]
    public void No_command_that_is_surely_dangerous_is_called_safe() =>
        Assert.Empty(All.Where(one => one is { Label: "dangerous", IsSure: true, Verdict.Level: RiskLevel.Safe }).Select(Describe));

    [Fact]
    public void No_command_that_surely_changes_something_is_called_safe() =>
        Assert.Empty(All.Where(one => one is { Label: "caution", Confidence: "high", Verdict.Level: RiskLevel.Safe }).Select(Describe));

    [Fact]
    public void Hardly_any_plain_read_is_called_anything_but_safe() => RequireAtLeast(0.97, "safe", one => one.Verdict.Level == RiskLevel.Safe);

    [Fact]
    public void Few_bounded_changes_are_called_dangerous() => RequireAtLeast(0.92, "caution", one => one.Verdict.Level < RiskLevel.Dangerous);

    [Fact]
    public void The_corpus_is_whole()
    {
        Assert.Equal(1282, All.Count);
        Assert.True(All.Count(one => one is { Label: "dangerous", IsSure: true }) > 450);
    }

    [Theory]
    [InlineData("safe", RiskLevel.Safe, 45, 0.97)]
    [InlineData("caution", RiskLevel.Caution, 13, 0.9)]
    [InlineData("dangerous", RiskLevel.Dangerous, 25, 1)]
    public void Kubectl_commands_get_their_own_colour(string label, RiskLevel level, int least, double floor)
    {
        var sure = All.Where(one => one.IsKubectl && one.Confidence == "high" && one.Label == label).ToList();
        var right = sure.Count(one => one.Verdict.Level == level);
        output.WriteLine($"kubectl {label}: {right} of {sure.Count}");
        foreach (var one in sure.Where(one => one.Verdict.Level != level))
        {
            output.WriteLine(Describe(one));
        }

        Assert.True(sure.Count >= least, $"only {sure.Count} commands to measure");
        Assert.True(right >= floor * sure.Count, $"{right} of {sure.Count}");
    }

    private void RequireAtLeast(double part, string label, Predicate<Labelled> right)
    {
        var sure = All.Where(one => one.Confidence == "high" && one.Label == label).ToList();
        var wrong = sure.Where(one => !right(one)).Select(Describe).ToList();
        output.WriteLine($"{label}: {sure.Count - wrong.Count} of {sure.Count}");
        Assert.True(sure.Count - wrong.Count >= part * sure.Count, string.Join('\n', wrong));
    }

    private static string Describe(Labelled one) =>
        $"{one.Label}/{one.Confidence} called {one.Verdict.Level.ToText()} by {string.Join(", ", one.Verdict.Reasons.Select(reason => reason.Rule))}: {one.Id} {one.Command}";
}
