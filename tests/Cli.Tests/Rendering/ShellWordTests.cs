using RunbookOperator.Cli.Rendering;

namespace RunbookOperator.Cli.Tests.Rendering;

public sealed class ShellWordTests
{
    [Theory]
    [InlineData("payments", "payments")]
    [InlineData("", "''")]
    [InlineData("a b", "'a b'")]
    [InlineData("it's; rm -rf /", "'it'\\''s; rm -rf /'")]
    [InlineData("$(id)", "'$(id)'")]
    public void A_word_means_itself_to_a_shell(string word, string expected) => Assert.Equal(expected, ShellWord.Quote(word));
}
