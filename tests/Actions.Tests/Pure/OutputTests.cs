using System.Text;

namespace RunbookOperator.Actions.Tests;

public sealed class OutputTests
{
    private static readonly string[] Many = [.. Enumerable.Range(0, 100_000).Select(number => $"line {number}")];

    [Fact]
    public void A_long_output_keeps_whole_lines_and_says_how_many_are_missing()
    {
        var start = ActionOutput.KeepStart(Many);
        Assert.InRange(Encoding.UTF8.GetByteCount(start), ActionOutput.MaximumBytes - 100, ActionOutput.MaximumBytes);
        Assert.StartsWith("line 0\n", start, StringComparison.Ordinal);
        Assert.Matches("\n\\([0-9]+ more lines are not shown\\)\n$", start);

        var end = ActionOutput.KeepEnd(Many);
        Assert.InRange(Encoding.UTF8.GetByteCount(end), ActionOutput.MaximumBytes - 100, ActionOutput.MaximumBytes);
        Assert.Matches("^\\([0-9]+ lines before are not shown\\)\n", end);
        Assert.EndsWith("line 99999\n", end, StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_output_stays_as_it_is()
    {
        Assert.Equal("a\nb\n", ActionOutput.KeepStart(["a", "b"]));
        Assert.Equal("a\nb\n", ActionOutput.KeepEnd(["a", "b"]));
    }

    [Fact]
    public void A_table_is_padded_as_kubectl_pads_it() =>
        Assert.Equal(["NAME     READY", "web      1/1", "web-db   0/1"], ActionOutput.Table(["NAME", "READY"], [["web", "1/1"], ["web-db", "0/1"]]));

    [Theory]
    [InlineData(-5, "0s")]
    [InlineData(119, "119s")]
    [InlineData(120, "2m")]
    [InlineData(7199, "119m")]
    [InlineData(7200, "2h")]
    [InlineData(172_800, "2d")]
    public void An_age_is_short(int seconds, string expected) =>
        Assert.Equal(expected, ActionOutput.Age(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(seconds)));

    [Fact]
    public void An_unknown_age_is_a_dash() => Assert.Equal("-", ActionOutput.Age(null, DateTimeOffset.UnixEpoch));

    [Theory]
    [InlineData("a\nbb\nccc\n", 100, "a\nbb\nccc\n")]
    [InlineData("a\nbb\nccc", 100, "a\nbb\nccc\n")]
    [InlineData("a\nbb\nccc\n", 6, "ccc\n")]
    [InlineData("", 6, "")]
    public async Task A_log_keeps_its_end_in_whole_lines(string log, int maximum, string expected)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(log));
        Assert.Equal(expected, await LogSource.KeepEndAsync(stream, maximum, CancellationToken.None));
    }

    [Fact]
    public async Task A_large_log_is_read_to_its_end()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', Many)));
        var end = await LogSource.KeepEndAsync(stream, 1000, CancellationToken.None);
        Assert.InRange(end.Length, 900, 1001);
        Assert.EndsWith("\nline 99999\n", end, StringComparison.Ordinal);
        Assert.StartsWith("line 9", end, StringComparison.Ordinal);
    }
}
