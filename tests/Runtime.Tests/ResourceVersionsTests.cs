namespace RunbookOperator.Runtime.Tests;

public sealed class ResourceVersionsTests
{
    [Theory]
    [InlineData("9", "10", true)]
    [InlineData("10", "9", false)]
    [InlineData("10", "10", false)]
    [InlineData("99999999999999999999", "100000000000000000000", true)]
    [InlineData(null, "10", false)]
    [InlineData("9", null, false)]
    [InlineData("", "10", false)]
    [InlineData("abc", "b", false)]
    [InlineData("0", "10", false)]
    [InlineData("-1", "10", false)]
    public void Only_numbers_are_compared(string? version, string? other, bool older) => Assert.Equal(older, ResourceVersions.IsOlder(version, other));

    [Theory]
    [InlineData("9", "10", "10")]
    [InlineData("10", "9", "10")]
    [InlineData(null, "9", "9")]
    [InlineData("9", null, "9")]
    [InlineData("x", "y", "x")]
    public void The_newer_one_is_kept(string? version, string? other, string expected) => Assert.Equal(expected, ResourceVersions.Newer(version, other));
}
