using System.Text.Json;

namespace RunbookOperator.Risk.Tests;

/// <summary>
/// Commands written in the spirit of the sources of the corpus and of lists of programs that can be turned to harm. Each was labelled before its verdict was
/// seen. Those of medium confidence are judged otherwise than they were labelled first, or are rated up for want of knowledge; all others must hold.
/// </summary>
public sealed class WrittenCorpusTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private sealed record Labelled(string Command, string Label, string Confidence);

    private static List<(Labelled One, RiskLevel Label, RiskLevel Verdict)> All { get; } = Read();

    private static List<(Labelled One, RiskLevel Label, RiskLevel Verdict)> Read()
    {
        var classifier = new RiskClassifier();
        return [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Corpus", "written.jsonl"))
            .Select(line => JsonSerializer.Deserialize<Labelled>(line, Json)!)
            .Select(one => (one, RiskLevels.TryParse(one.Label, out var label) ? label : throw new FormatException(one.Label), classifier.Classify(one.Command).Level))];
    }

    [Fact]
    public void Nothing_is_called_less_risky_than_it_is() => Assert.Empty(All.Where(one => one.Verdict < one.Label).Select(one => $"{one.Verdict}: {one.One.Command}"));

    [Fact]
    public void What_is_sure_is_called_what_it_is() => Assert.Empty(All.Where(one => one.One.Confidence == "high" && one.Verdict != one.Label).Select(one => $"{one.Verdict}: {one.One.Command}"));

    [Fact]
    public void There_are_many_of_every_label() => Assert.All(Enum.GetValues<RiskLevel>(), level => Assert.True(All.Count(one => one.Label == level) > 150));
}
