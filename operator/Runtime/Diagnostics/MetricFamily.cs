using System.Diagnostics.Metrics;
using System.Text;

namespace RunbookOperator.Runtime;

/// <summary>All series of one instrument.</summary>
internal sealed class MetricFamily(string name, string help, MetricKind kind, IReadOnlyList<double> bounds, bool observed = false)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);

    public string Name => name;

    /// <summary>Whether it is asked for at each page, and not told by itself.</summary>
    public bool Observed => observed;

    /// <summary>The family of an instrument.</summary>
    public static MetricFamily Of(Instrument instrument)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        var kind = type == typeof(Counter<>) ? MetricKind.Counter
            : type == typeof(ObservableCounter<>) ? MetricKind.ObservedCounter
            : type == typeof(UpDownCounter<>) ? MetricKind.UpDownCounter
            : type == typeof(Histogram<>) ? MetricKind.Histogram
            : MetricKind.Gauge;
        var bounds = (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? [];
        return new MetricFamily(PrometheusText.Name(instrument.Name), instrument.Description ?? instrument.Name, kind, bounds, instrument.IsObservable);
    }

    /// <summary>Takes a measurement.</summary>
    /// <returns>False if it would be one series too many.</returns>
    public bool Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = PrometheusText.Labels(tags);
        lock (_lock)
        {
            if (!_series.TryGetValue(labels, out var series))
            {
                if (_series.Count >= PrometheusExposition.MaxSeries)
                {
                    return false;
                }

                _series.Add(labels, series = new MetricSeries(kind, bounds));
            }

            series.Record(value);
            return true;
        }
    }

    /// <summary>Forgets what was observed: what is not observed again is gone.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _series.Clear();
        }
    }

    public void WriteTo(StringBuilder page)
    {
        var type = kind switch
        {
            MetricKind.Counter or MetricKind.ObservedCounter => "counter",
            MetricKind.Histogram => "histogram",
            _ => "gauge",
        };
        lock (_lock)
        {
            if (_series.Count == 0)
            {
                return;
            }

            page.Append($"# HELP {name} {PrometheusText.Escape(help)}\n# TYPE {name} {type}\n");
            foreach (var (labels, series) in _series)
            {
                series.WriteTo(page, name, labels);
            }
        }
    }
}

/// <summary>What a measurement does to a series.</summary>
internal enum MetricKind
{
    /// <summary>It is added.</summary>
    Counter,

    /// <summary>It is the sum so far.</summary>
    ObservedCounter,

    /// <summary>It is added, and may be negative.</summary>
    UpDownCounter,

    /// <summary>It replaces the one before.</summary>
    Gauge,

    /// <summary>It is counted in buckets.</summary>
    Histogram,
}
