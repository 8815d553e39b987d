using RunbookOperator.Api;
using RunbookOperator.Cli.Runs;

namespace RunbookOperator.Cli.Tests.Runs;

public sealed class StopPolicyTests
{
    [Theory]
    [InlineData("riley", "riley")]
    [InlineData("Riley.R@example.com", "riley-r-example-com")]
    [InlineData("system:serviceaccount:shop:bot", "system-serviceaccount-shop-bot")]
    [InlineData("a__b--", "a-b")]
    [InlineData("Ünal", "nal")]
    [InlineData("", "somebody")]
    [InlineData(null, "somebody")]
    public void The_name_says_who_and_when(string? user, string word) =>
        Assert.Equal($"stop-{word}-20260304-050607", StopPolicy.Of("runbooks-system", user, TestHost.Now).Metadata.Name);

    [Theory]
    [InlineData('a')]
    [InlineData(':')]
    public void A_long_name_is_cut_to_what_a_policy_may_be_called(char letter)
    {
        var name = StopPolicy.Of("runbooks-system", string.Concat(Enumerable.Repeat($"a{letter}", 100)), TestHost.Now).Metadata.Name!;
        Assert.InRange(name.Length, Limits.Label - 1, Limits.Label);
        Assert.DoesNotContain("--", name, StringComparison.Ordinal);
    }

    [Fact]
    public void It_suspends_and_says_nothing_else()
    {
        var policy = StopPolicy.Of("shop", "riley", TestHost.Now);
        Assert.Equal(("shop", new RunbookPolicySpec { Suspend = true }), (policy.Metadata.Namespace, policy.Spec));
    }
}
