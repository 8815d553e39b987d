using System.Diagnostics.Metrics;
using RunbookOperator.TestKit;

namespace RunbookOperator.Runtime.Tests;

public sealed class PrometheusExpositionTests : IDisposable
{
    private readonly Meter _meter = new("test");
    private readonly PrometheusExposition _exposition;

    public PrometheusExpositionTests() => _exposition = new PrometheusExposition(_meter);

    public void Dispose()
    {
        _exposition.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void Counters_add_and_gauges_replace()
    {
        var counter = _meter.CreateCounter<long>("a_total", null, "What is counted.");
        var upDown = _meter.CreateUpDownCounter<int>("b");
        var gauge = _meter.CreateGauge<double>("c");
        counter.Add(1, new("x", "1"), new("a", "2"));
        counter.Add(2, new("a", "2"), new("x", "1"));
        counter.Add(5);
        upDown.Add(3);
        upDown.Add(-4);
        gauge.Record(1);
        gauge.Record(double.PositiveInfinity);

        Assert.Equal(
            """
            # HELP a_total What is counted.
            # TYPE a_total counter
            a_total 5
            a_total{a="2",x="1"} 3
            # HELP b b
            # TYPE b gauge
            b -1
            # HELP c c
            # TYPE c gauge
            c +Inf

            """, _exposition.Render());
    }

    [Fact]
    public void An_instrument_that_cannot_be_observed_hides_no_other_and_is_counted()
    {
        _meter.CreateObservableGauge("bad", static long () => throw new InvalidDataException("no value"));
        _meter.CreateObservableGauge("good", static () => 7);
        _meter.CreateCounter<long>("a_total").Add(1);

        var page = _exposition.Render();

        Assert.Contains("good 7\n", page, StringComparison.Ordinal);
        Assert.Contains("a_total 1\n", page, StringComparison.Ordinal);
        Assert.Contains("metrics_failed_observations_total 1\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_made_at_once_are_all_whole()
    {
        _meter.CreateObservableGauge("seen", () => Enumerable.Range(0, 50).Select(static i => new Measurement<long>(i, new KeyValuePair<string, object?>("i", i))));

        Parallel.For(0, 2000, _ => Assert.Equal(52, _exposition.Render().Count(static character => character == '\n')));
    }

    [Fact]
    public void A_histogram_has_cumulative_buckets_a_sum_and_a_count()
    {
        var histogram = _meter.CreateHistogram("h_seconds", "s", "Took.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        histogram.Record(0.1, new KeyValuePair<string, object?>("c", "x"));
        histogram.Record(0.5, new KeyValuePair<string, object?>("c", "x"));
        histogram.Record(7, new KeyValuePair<string, object?>("c", "x"));

        Assert.Equal(
            """
            # HELP h_seconds Took.
            # TYPE h_seconds histogram
            h_seconds_bucket{c="x",le="0.1"} 1
            h_seconds_bucket{c="x",le="1"} 2
            h_seconds_bucket{c="x",le="+Inf"} 3
            h_seconds_sum{c="x"} 7.6
            h_seconds_count{c="x"} 3

            """, _exposition.Render());
    }

    [Fact]
    public void What_is_observed_is_asked_for_each_page_and_gone_when_it_is_not_there()
    {
        var values = new Dictionary<string, long> { ["x"] = 1, ["y"] = 2 };
        _meter.CreateObservableGauge("g", () => values.Select(entry => new Measurement<long>(entry.Value, new KeyValuePair<string, object?>("k", entry.Key))));
        var total = 7L;
        _meter.CreateObservableCounter("t_total", () => total);
        Assert.Contains("g{k=\"x\"} 1\ng{k=\"y\"} 2\n", _exposition.Render(), StringComparison.Ordinal);
        values.Remove("x");
        total = 9;

        var page = _exposition.Render();

        Assert.DoesNotContain("g{k=\"x\"}", page, StringComparison.Ordinal);
        Assert.Contains("# TYPE t_total counter\nt_total 9\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_help_and_labels_cannot_break_the_page()
    {
        _meter.CreateCounter<long>("1 odd.name", null, "Two\nlines \\ \"quoted\"").Add(1, new KeyValuePair<string, object?>("a label", "x\"\n\\y"));

        Assert.Equal(
            """
            # HELP _1_odd_name Two\nlines \\ "quoted"
            # TYPE _1_odd_name counter
            _1_odd_name{a_label="x\"\n\\y"} 1

            """, _exposition.Render());
    }

    [Fact]
    public void A_metric_with_too_many_series_takes_no_more_and_says_so()
    {
        var counter = _meter.CreateCounter<long>("many_total");
        for (var i = 0; i < PrometheusExposition.MaxSeries + 3; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("i", i));
        }

        var page = _exposition.Render();

        Assert.Equal(PrometheusExposition.MaxSeries, page.Split('\n').Count(line => line.StartsWith("many_total{", StringComparison.Ordinal)));
        Assert.Contains($"{PrometheusExposition.DroppedName}{{metric=\"many_total\"}} 3\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_meters_are_not_listened_to()
    {
        using var other = new Meter("test");
        other.CreateCounter<long>("other_total").Add(1);

        Assert.Equal("", _exposition.Render());
    }

    [Fact]
    public async Task Work_that_hangs_shows_in_the_queue()
    {
        var time = new ManualTimeProvider();
        var context = Given.Context(time);
        using var exposition = new PrometheusExposition(context.Metrics.Meter);
        using var queue = new RateLimitingQueue("runs", context);
        queue.Add(Given.A);
        queue.Add(Given.B);
        await queue.GetAsync(CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(2));
        await queue.GetAsync(CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(3));

        var page = exposition.Render();

        Assert.Contains("workqueue_unfinished_work_seconds{controller=\"runs\",name=\"runs\"} 8\n", page, StringComparison.Ordinal);
        Assert.Contains("workqueue_longest_running_processor_seconds{controller=\"runs\",name=\"runs\"} 5\n", page, StringComparison.Ordinal);
        Assert.Contains("workqueue_depth{controller=\"runs\",name=\"runs\"} 0\n", page, StringComparison.Ordinal);
        Assert.Contains("workqueue_queue_duration_seconds_bucket{controller=\"runs\",name=\"runs\",le=\"10\"} 2\n", page, StringComparison.Ordinal);
    }
}
