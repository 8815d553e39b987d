using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace RunbookOperator.Runtime;

/// <summary>Listens to meters and tells what they have counted, as a page in Prometheus' text format.</summary>
public sealed class PrometheusExposition : IDisposable
{
    /// <summary>How many series one instrument may have; measurements for further ones are dropped, and counted under
    /// <see cref="DroppedName"/>. A label with values from outside would else fill the memory.</summary>
    public const int MaxSeries = 1000;

    /// <summary>The counter of what was dropped, by metric.</summary>
    public const string DroppedName = "metrics_dropped_measurements_total";

    /// <summary>The counter of pages on which some instrument could not say its value.</summary>
    public const string FailedName = "metrics_failed_observations_total";

    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly MetricFamily _dropped = new(DroppedName, "Measurements dropped since their metric has too many series.", MetricKind.Counter, []);
    private readonly MetricFamily _failed = new(FailedName, "Pages on which an instrument could not be observed.", MetricKind.Counter, []);
    private readonly MeterListener _listener = new();
    private readonly IReadOnlyCollection<Meter> _meters;

    /// <summary>Begins to listen. What was counted before is not known.</summary>
    public PrometheusExposition(params IReadOnlyCollection<Meter> meters)
    {
        _meters = meters;
        _listener.InstrumentPublished = Publish;
        _listener.SetMeasurementEventCallback<long>((_, value, tags, family) => Record(value, tags, family));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, family) => Record(value, tags, family));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, family) => Record(value, tags, family));
        _listener.Start();
    }

    /// <summary>The page. An instrument that fails when it is asked is missing from it, and counted under <see cref="FailedName"/>.</summary>
    public string Render()
    {
        // To the end: another page would else forget what this one has observed and not yet written.
        lock (_listener)
        {
            Observe();
            var page = new StringBuilder();
            foreach (var family in _families.Values.Append(_dropped).Append(_failed).OrderBy(static family => family.Name, StringComparer.Ordinal))
            {
                family.WriteTo(page);
            }

            return page.ToString();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Observe()
    {
        foreach (var family in _families.Values.Where(static family => family.Observed))
        {
            family.Clear();
        }

        try
        {
            _listener.RecordObservableInstruments();
        }
        catch (AggregateException)
        {
            // Thrown after all were asked.
            _failed.Record(1, []);
        }
    }

    private void Publish(Instrument instrument, MeterListener listener)
    {
        if (_meters.Contains(instrument.Meter))
        {
            var family = MetricFamily.Of(instrument);
            listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(family.Name, family));
        }
    }

    private void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        var family = (MetricFamily)state!;
        if (!family.Record(value, tags))
        {
            _dropped.Record(1, [new("metric", family.Name)]);
        }
    }
}
