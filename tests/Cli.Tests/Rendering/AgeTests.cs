using RunbookOperator.Cli.Rendering;

namespace RunbookOperator.Cli.Tests.Rendering;

public sealed class AgeTests
{
    private const int Hour = 3600;
    private const int Day = 24 * Hour;

    // Cases of TestHumanDurationBoundaries in k8s.io/apimachinery.
    [Theory]
    [InlineData(-5, "0s")]
    [InlineData(0, "0s")]
    [InlineData(119, "119s")]
    [InlineData(120, "2m")]
    [InlineData(599, "9m59s")]
    [InlineData(600, "10m")]
    [InlineData((3 * Hour) - 1, "179m")]
    [InlineData(3 * Hour, "3h")]
    [InlineData((8 * Hour) - 1, "7h59m")]
    [InlineData(8 * Hour, "8h")]
    [InlineData((48 * Hour) - 1, "47h")]
    [InlineData(2 * Day, "2d")]
    [InlineData((8 * Day) - 1, "7d23h")]
    [InlineData(8 * Day, "8d")]
    [InlineData((2 * 365 * Day) - 1, "729d")]
    [InlineData(2 * 365 * Day, "2y")]
    [InlineData((8 * 365 * Day) - 1, "7y364d")]
    [InlineData(8 * 365 * Day, "8y")]
    public void An_age_has_two_units_at_most(int seconds, string expected) =>
        Assert.Equal(expected, Age.Of(TestHost.Now, TestHost.Now.AddSeconds(seconds)));
}
