using System.Text;

namespace RunbookOperator.Runtime;

/// <summary>One series: a number, or a histogram.</summary>
internal sealed class MetricSeries(MetricKind kind, IReadOnlyList<double> bounds)
{
    private readonly long[] _buckets = new long[bounds.Count];
    private double _sum;
    private long _count;

    public void Record(double value)
    {
        _sum = kind is MetricKind.Gauge or MetricKind.ObservedCounter ? value : _sum + value;
        _count++;
        for (var i = 0; i < _buckets.Length; i++)
        {
            _buckets[i] += value <= bounds[i] ? 1 : 0;
        }
    }

    public void WriteTo(StringBuilder page, string name, string labels)
    {
        if (kind != MetricKind.Histogram)
        {
            page.Append($"{name}{labels} {PrometheusText.Number(_sum)}\n");
            return;
        }

        for (var i = 0; i < _buckets.Length; i++)
        {
            page.Append($"{name}_bucket{PrometheusText.With(labels, "le", PrometheusText.Number(bounds[i]))} {_buckets[i]}\n");
        }

        page.Append($"{name}_bucket{PrometheusText.With(labels, "le", "+Inf")} {_count}\n");
        page.Append($"{name}_sum{labels} {PrometheusText.Number(_sum)}\n{name}_count{labels} {_count}\n");
    }
}
