using System.Diagnostics.Metrics;
using RunbookOperator.Runtime;

namespace RunbookOperator.Operator.Tests.Docs;

public sealed class MetricsTests
{
    [Fact]
    public void The_metrics_are_those_of_the_code()
    {
        using var runtime = new RuntimeMetrics();
        using var process = new ProcessMetrics();
        List<Instrument> instruments = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter == runtime.Meter || instrument.Meter == process.Meter)
            {
                instruments.Add(instrument);
            }
        };
        listener.Start();

        var expected = instruments.Select(instrument => (instrument.Name, Type(instrument), instrument.Description!))
            .Concat(new[] { PrometheusExposition.DroppedName, PrometheusExposition.FailedName }.Select(name => (name, "counter", Told.Single(row => row.Name == name).Meaning)));

        Assert.Equal(expected.Order(), Told.Select(row => (row.Name, row.Type, row.Meaning)).Order());
    }

    private static IEnumerable<(string Name, string Type, string Meaning)> Told => Pages.Table("docs/operations.md", "metric").Select(row => (row[0].Trim('`'), row[1], row[3]));

    private static string Type(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Counter" or "ObservableCounter" => "counter",
        "Histogram" => "histogram",
        "Gauge" or "UpDownCounter" or "ObservableGauge" => "gauge",
        var other => throw new NotSupportedException(other),
    };
}
