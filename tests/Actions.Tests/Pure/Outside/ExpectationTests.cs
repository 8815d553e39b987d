namespace RunbookOperator.Actions.Tests;

public sealed class ExpectationTests
{
    [Theory]
    [InlineData("< 0.05", new[] { 0.04, 0.01 }, true)]
    [InlineData("< 0.05", new[] { 0.04, 0.05 }, false)]
    [InlineData("<0.05", new[] { 0.0499 }, true)]
    [InlineData("<= 5", new[] { 5.0 }, true)]
    [InlineData("> 1e3", new[] { 1001.0 }, true)]
    [InlineData(">= -1", new[] { -1.0 }, true)]
    [InlineData("== 0", new[] { 0.0, 0.0 }, true)]
    [InlineData("!= 0", new[] { 0.0, 1.0 }, false)]
    [InlineData("< 1", new double[0], false)]
    [InlineData("!= 1", new[] { double.NaN }, false)]
    [InlineData("> 1", new[] { double.PositiveInfinity }, true)]
    [InlineData("none", new double[0], true)]
    [InlineData("none", new[] { 0.0 }, false)]
    [InlineData("some", new[] { double.NaN }, true)]
    [InlineData("some", new double[0], false)]
    public void Every_series_must_be_so(string text, double[] values, bool holds) => Assert.Equal(holds, Expectation.Parse(text).Holds(values));

    [Theory]
    [InlineData("")]
    [InlineData("0.05")]
    [InlineData("< x")]
    [InlineData("=< 1")]
    [InlineData("= 1")]
    [InlineData("< NaN")]
    [InlineData("< Infinity")]
    [InlineData("any")]
    public void What_is_no_comparison_is_told(string text) => Assert.Throws<ActionException>(() => Expectation.Parse(text));
}
