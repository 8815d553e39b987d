using System.Globalization;
using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>One series.</summary>
/// <param name="Labels">Its labels as PromQL writes them; empty for a plain number.</param>
/// <param name="Points">Its values, the oldest first; times in seconds since 1970.</param>
internal sealed record Series(string Labels, IReadOnlyList<(double Time, double Value)> Points);

/// <summary>What Prometheus answers to a query (https://prometheus.io/docs/prometheus/latest/querying/api/). Pure.</summary>
internal static class SeriesAnswer
{
    /// <summary>The most characters of one series' labels that are shown.</summary>
    public const int MaximumLabels = 500;

    /// <summary>Reads an answer; null if it is none.</summary>
    public static IReadOnlyList<Series>? Read(JsonNode json)
    {
        var data = json.At("data");
        return json.Text("status") != "success" ? null : data.Text("resultType") switch
        {
            "vector" => [.. data.Items("result").Select(entry => new Series(Labels(entry), Points([entry.At("value")])))],
            "matrix" => [.. data.Items("result").Select(entry => new Series(Labels(entry), Points(entry.Items("values"))))],
            "scalar" => [new Series("", Points([data.At("result")]))],
            "string" => throw new ActionException("the query is a text, not a number"),
            _ => null,
        };
    }

    /// <summary>A number as Prometheus writes it.</summary>
    public static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private static List<(double Time, double Value)> Points(IEnumerable<JsonNode?> points) =>
        [.. from point in points.OfType<JsonArray>()
            where point.Count == 2 && point[0] is JsonValue
            let time = double.TryParse(point[0]!.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? seconds : double.NaN
            where !double.IsNaN(time)
            select (time, Value(point[1]))];

    // Values are text: JSON has no infinity.
    private static double Value(JsonNode? node) => (node is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.String ? value.GetValue<string>() : "") switch
    {
        "+Inf" or "Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        var text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN,
    };

    private static string Labels(JsonNode entry)
    {
        var labels = (entry.At("metric") as JsonObject ?? []).ToList();
        var name = labels.Find(label => label.Key == "__name__").Value is JsonValue value ? value.ToString() : "";
        var rest = string.Join(',', labels.Where(label => label.Key != "__name__").OrderBy(label => label.Key, StringComparer.Ordinal)
            .Select(label => $"{label.Key}=\"{label.Value}\""));
        return Variables.Clean($"{name}{{{rest}}}", MaximumLabels);
    }
}
