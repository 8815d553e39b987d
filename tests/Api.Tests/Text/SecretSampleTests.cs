using RunbookOperator.TestKit;

namespace RunbookOperator.Api.Tests.Text;

/// <summary>Every form of secret is taken out, whatever stands around it, and what programs usually print stays as it is.</summary>
public sealed class SecretSampleTests
{
    private static readonly Redactor Redactor = new();

    // Told by how a line begins, and how it ends.
    private static readonly string[] ByTheWholeLine = [".pgpass", "password in YAML"];

    public static TheoryData<string> Names => [.. SecretSamples.All.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_is_seen_of_it(string name)
    {
        var sample = SecretSamples.All.Single(sample => sample.Name == name);
        foreach (var text in new[] { sample.Text, $"before\n{sample.Text}\nafter", $"2026-01-02T03:04:05Z stderr F {sample.Text}" })
        {
            if (!ByTheWholeLine.Contains(sample.Name) || !text.Contains("stderr", StringComparison.Ordinal))
            {
                var redacted = Redactor.Redact(text);
                Assert.All(sample.Canaries, canary => Assert.DoesNotContain(canary, redacted, StringComparison.Ordinal));
                Assert.Equal(redacted, Redactor.Redact(redacted));
            }
        }
    }

    [Fact]
    public void There_are_at_least_fifty_forms() => Assert.True(SecretSamples.All.Count >= 50, $"{SecretSamples.All.Count}");

    [Fact]
    public void What_surrounds_a_secret_stays() => Assert.All(
        SecretSamples.All, sample => Assert.Equal("before", Redactor.Redact($"before\n{sample.Text}\nafter").Split('\n')[0]));

    [Fact]
    public void Ordinary_output_of_clusters_stays_as_it_is()
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Text", "ordinary-output.txt"));

        Assert.True(lines.Length >= 300, $"{lines.Length} lines");
        Assert.Equal([], lines.Where(line => Redactor.Redact(line) != line).Select(line => $"{line} => {Redactor.Redact(line)}"));
    }
}
