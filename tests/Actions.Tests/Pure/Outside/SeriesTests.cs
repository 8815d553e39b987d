using System.Text.Json.Nodes;

namespace RunbookOperator.Actions.Tests;

public sealed class SeriesTests
{
    [Fact]
    public void A_vector_is_read_with_its_labels_in_order()
    {
        var series = Read("vector", """[{"metric": {"z": "1", "__name__": "up", "a": "x\u0007y"}, "value": [1700000000.5, "0.25"]}]""");

        Assert.Equal("up{a=\"x?y\",z=\"1\"}", Assert.Single(series).Labels);
        Assert.Equal([(1700000000.5, 0.25)], series[0].Points);
    }

    [Fact]
    public void Infinity_and_NaN_are_numbers_of_their_own()
    {
        var values = Read("matrix", """[{"metric": {}, "values": [[1, "+Inf"], [2, "-Inf"], [3, "NaN"], [4, "odd"]]}]""")[0].Points.Select(point => point.Value);

        Assert.Equal([double.PositiveInfinity, double.NegativeInfinity, double.NaN, double.NaN], values);
    }

    [Fact]
    public void A_scalar_is_one_series_without_labels() => Assert.Equal("", Assert.Single(Read("scalar", """[1, "7"]""")).Labels);

    [Theory]
    [InlineData("""{"status": "error", "error": "no"}""")]
    [InlineData("""{"status": "success", "data": {"resultType": "odd"}}""")]
    [InlineData("[]")]
    public void What_is_no_answer_of_Prometheus_is_none(string json) => Assert.Null(SeriesAnswer.Read(JsonNode.Parse(json)!));

    [Theory]
    [InlineData(60, null, 61, 1)]
    [InlineData(7200, null, 61, 120)]
    [InlineData(5, null, 6, 1)]
    [InlineData(3600, 60, 61, 60)]
    public void A_window_ends_now(int seconds, int? step, int count, int each)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

        var window = Window.Of(now, TimeSpan.FromSeconds(seconds), step is { } given ? TimeSpan.FromSeconds(given) : null);

        Assert.Equal((count, each), (window.Count, window.Step));
        Assert.Equal(now.ToUnixTimeSeconds(), window.End);
    }

    [Fact]
    public void A_window_of_more_than_a_thousand_moments_is_refused()
    {
        Assert.Equal(Window.MaximumCount, Window.Of(DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(999), TimeSpan.FromSeconds(1)).Count);
        Assert.Throws<ActionException>(() => Window.Of(DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1000), TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void A_moment_without_a_point_has_no_series()
    {
        var window = new Window(100, 10, 3);

        var moments = window.Moments([new Series("a", [(100, 1), (120, 3)]), new Series("b", [(120.2, 4), (500, 9)])]);

        Assert.Equal([[1], [], [3, 4]], moments);
    }

    private static IReadOnlyList<Series> Read(string type, string result) =>
        SeriesAnswer.Read(JsonNode.Parse($$$"""{"status": "success", "data": {"resultType": "{{{type}}}", "result": {{{result}}}}}""")!)!;
}
