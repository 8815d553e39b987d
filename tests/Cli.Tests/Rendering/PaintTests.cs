using RunbookOperator.Cli.Rendering;

namespace RunbookOperator.Cli.Tests.Rendering;

public sealed class PaintTests
{
    [Theory]
    [InlineData(true, null, null, true)]
    [InlineData(true, null, "xterm-256color", true)]
    [InlineData(true, "", "xterm", true)]
    [InlineData(true, "1", "xterm", false)]
    [InlineData(true, null, "dumb", false)]
    [InlineData(false, null, "xterm", false)]
    public void Colours_are_for_a_terminal_that_wants_them(bool isTerminal, string? noColor, string? term, bool expected) =>
        Assert.Equal(expected, Paint.For(isTerminal, name => name == "NO_COLOR" ? noColor : name == "TERM" ? term : null).IsOn);

    [Theory]
    [InlineData("safe", "\u001b[32msafe\u001b[0m")]
    [InlineData("caution", "\u001b[33mcaution\u001b[0m")]
    [InlineData("dangerous", "\u001b[1;31mdangerous\u001b[0m")]
    [InlineData("\u001b[5mnew", "?[5mnew")]
    public void A_risk_has_its_colour(string word, string expected) => Assert.Equal(expected, new Paint(IsOn: true).Risk(word));

    [Fact]
    public void Without_colours_there_are_only_words() => Assert.Equal("dangerous", Paint.None.Risk("dangerous"));
}
