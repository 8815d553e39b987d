namespace RunbookOperator.Risk.Tests;

public sealed class RiskLevelTests
{
    [Theory]
    [InlineData(RiskLevel.Safe, "safe")]
    [InlineData(RiskLevel.Caution, "caution")]
    [InlineData(RiskLevel.Dangerous, "dangerous")]
    public void A_level_is_written_in_lower_case_and_read_back(RiskLevel level, string text)
    {
        Assert.Equal(text, level.ToText());
        Assert.True(RiskLevels.TryParse(text, out var read));
        Assert.Equal(level, read);
    }

    [Theory]
    [InlineData("Safe")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("0")]
    public void Another_word_is_no_level(string? text)
    {
        Assert.False(RiskLevels.TryParse(text, out var level));
        Assert.Equal(RiskLevel.Dangerous, level);
    }

    [Fact]
    public void The_riskier_of_two_levels_wins() => Assert.Equal(RiskLevel.Caution, RiskLevels.Max(RiskLevel.Caution, RiskLevel.Safe));
}
