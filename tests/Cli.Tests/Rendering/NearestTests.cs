using RunbookOperator.Cli.Rendering;

namespace RunbookOperator.Cli.Tests.Rendering;

public sealed class NearestTests
{
    [Theory]
    [InlineData("aprove", "approve")]
    [InlineData("RBK07", "RBK007")]
    [InlineData("bounce-pool", "bounce-pools")]
    [InlineData("latency", "payment-latency-1a2b")]
    [InlineData("xyzzy", null)]
    [InlineData("", null)]
    public void The_candidate_with_the_fewest_changes_is_near(string name, string? expected) =>
        Assert.Equal(expected, Nearest.To(name, ["approve", "reject", "RBK007", "bounce-pools", "payment-latency-1a2b"]));

    [Fact]
    public void Names_beyond_the_limit_are_not_compared()
    {
        var longest = new string('a', Nearest.MaximumLength);
        Assert.Equal(longest, Nearest.To(longest, [longest]));
        Assert.Null(Nearest.To(longest + "a", [longest + "a"]));
    }
}
