using RunbookOperator.Cli.Rendering;

namespace RunbookOperator.Cli.Tests.Rendering;

public sealed class PlainTests
{
    [Theory]
    [InlineData("\u001b[2J\u001b]0;owned\u0007", "?[2J?]0;owned?")]
    [InlineData("a\u009b31mb", "a?31mb")]
    [InlineData("a\rb\bc\0d\u007f", "a?b?c?d?")]
    [InlineData("rm \u202egnp.txt", "rm ?gnp.txt")]
    [InlineData("a\u200bb\u2028c\ufeffd", "a?b?c?d")]
    [InlineData("tab\tend", "tab end")]
    [InlineData("Grüße, 東京 🚀", "Grüße, 東京 🚀")]
    [InlineData(null, "")]
    public void A_line_holds_nothing_that_a_terminal_obeys(string? text, string expected) => Assert.Equal(expected, Plain.Line(text));

    [Fact]
    public void Half_of_a_surrogate_pair_is_shown_as_one_that_is_broken() => Assert.Equal("a\ufffdb", Plain.Line("a\ud800b"));

    [Fact]
    public void Lines_end_where_lines_end_on_any_system() => Assert.Equal(["a", "b?", "", "c"], Plain.Lines("a\r\nb\u001b\n\nc\n"));

    [Fact]
    public void No_text_has_no_lines() => Assert.Empty(Plain.Lines(""));
}
