using RunbookOperator.Learning;

namespace RunbookOperator.Operator.Tests;

public sealed class MarkdownTests
{
    [Theory]
    [InlineData("plain", "`plain`")]
    [InlineData("a `b` c", "``a `b` c``")]
    [InlineData("`", "`` ` ``")]
    [InlineData("``` rm", "```` ``` rm ````")]
    [InlineData("<script>alert(1)</script>", "`<script>alert(1)</script>`")]
    [InlineData("[x](javascript:alert(1)) https://evil.example.com @riley #1", "`[x](javascript:alert(1)) https://evil.example.com @riley #1`")]
    [InlineData("one\ntwo\r\n# three", "`one two # three`")]
    [InlineData("a\u202eb\u200bc\0d", "`a?b?c?d`")]
    [InlineData("   ", "-")]
    [InlineData("", "-")]
    public void Text_is_quoted_so_that_nothing_in_it_means_anything(string text, string quoted) => Assert.Equal(quoted, Markdown.Code(text));

    [Fact]
    public void Long_text_is_cut() => Assert.Equal($"`{new string('a', 256)}...`", Markdown.Code(new string('a', 300)));

    [Fact]
    public void A_bar_does_not_end_a_cell() => Assert.Equal("`a \\| b`", Markdown.Cell("a | b"));

    [Theory]
    [InlineData("kubectl get pods", "```\nkubectl get pods\n```")]
    [InlineData("a\r\nb", "```\na\nb\n```")]
    [InlineData("```\n# not a heading\n````", "`````\n```\n# not a heading\n````\n`````")]
    public void A_block_cannot_be_left(string text, string block) => Assert.Equal(block, Markdown.Block(text));
}
