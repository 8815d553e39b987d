using RunbookOperator.Cli.Rendering;
using RunbookOperator.Risk;

namespace RunbookOperator.Cli.Tests.Rendering;

public sealed class UnderlineTests
{
    [Theory]
    [InlineData("kubectl delete pod x", 8, 6, "kubectl delete pod x", "        ^^^^^^")]
    [InlineData("a\nrm -rf /\nb", 2, 8, "rm -rf /", "^^^^^^^^")]
    [InlineData("a\nrm -rf /\nb", 2, 10, "rm -rf /", "^^^^^^^^")]
    [InlineData("ls", 2, 0, "ls", "  ^")]
    [InlineData("ls", 9, 9, "ls", "  ^")]
    [InlineData("a\tb", 2, 1, "a b", "  ^")]
    [InlineData("x \u001b[2J", 2, 4, "x ?[2J", "  ^^^^")]
    [InlineData("", 0, 0, "", "^")]
    public void The_part_is_marked_below_its_line(string text, int start, int length, string line, string marks) =>
        Assert.Equal((line, marks), Underline.Of(text, new TextSpan(start, length)));

    [Fact]
    public void A_long_line_is_cut_around_the_part()
    {
        var text = new string('a', 500) + "HERE" + new string('b', 500);
        var (line, marks) = Underline.Of(text, new TextSpan(500, 4));
        Assert.Equal(Underline.Width + 2, line.Length);
        Assert.Equal("HERE", line.Substring(marks.IndexOf('^', StringComparison.Ordinal), marks.Count(mark => mark == '^')));
    }
}
