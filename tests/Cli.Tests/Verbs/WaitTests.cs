using RunbookOperator.Cli.Verbs;

namespace RunbookOperator.Cli.Tests.Verbs;

public sealed class WaitTests
{
    [Theory]
    [InlineData("0s", 0)]
    [InlineData("30s", 30)]
    [InlineData("1h30m", 5400)]
    [InlineData("720h", 30 * 24 * 3600)]
    public void A_timeout_is_a_duration(string text, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), WaitVerb.Timeout(text));

    [Fact]
    public void Without_one_it_waits_for_the_end() => Assert.Null(WaitVerb.Timeout(null));

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("-5s")]
    [InlineData("721h")]
    public void What_is_none_or_too_long_is_an_error(string text) => Assert.Throws<CliException>(() => WaitVerb.Timeout(text));
}
