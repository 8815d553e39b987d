using System.Text.Json;
using System.Text.RegularExpressions;

namespace RunbookOperator.Api.Tests;

public sealed class DurationTests
{
    [Theory]
    [InlineData("0s", 0)]
    [InlineData("30s", 30)]
    [InlineData("15m", 900)]
    [InlineData("1h30m", 5400)]
    [InlineData("1.5h", 5400)]
    [InlineData("24h", 86400)]
    [InlineData("250ms", 0.25)]
    [InlineData("1m1m", 120)]
    public void A_duration_is_read(string text, double seconds)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration.Value);
        Assert.Matches(new Regex(Duration.Pattern, RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture), text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("m")]
    [InlineData("-5m")]
    [InlineData("+5m")]
    [InlineData("5 m")]
    [InlineData(" 5m")]
    [InlineData("5m\n")]
    [InlineData("5d")]
    [InlineData(".5h")]
    [InlineData("5.h")]
    [InlineData("1.2.3s")]
    [InlineData("1,000s")]
    [InlineData("1e3s")]
    [InlineData("٥m")]
    [InlineData("900000h")]
    [InlineData("1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h")]
    public void Anything_else_is_refused(string? text) => Assert.False(Duration.TryParse(text, out _));

    [Theory]
    [InlineData("90m", "1h30m")]
    [InlineData("0.5s", "500ms")]
    [InlineData("48h", "48h")]
    [InlineData("0m", "0s")]
    public void It_is_written_the_short_way_and_means_the_same(string text, string written)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(written, duration.ToString());
        Assert.True(Duration.TryParse(duration.ToString(), out var again));
        Assert.Equal(duration, again);
    }

    [Fact]
    public void It_is_never_negative() => Assert.Throws<ArgumentOutOfRangeException>(() => Duration.Of(TimeSpan.FromSeconds(-1)));

    [Theory]
    [InlineData("\"never\"")]
    [InlineData("5")]
    [InlineData("null")]
    public void Json_that_is_no_duration_is_an_error(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, ApiJson.Default.Duration));
}
