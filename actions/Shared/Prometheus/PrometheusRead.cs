using System.Globalization;

namespace RunbookOperator.Actions;

/// <summary>What both queries have in common.</summary>
internal abstract class PrometheusRead(ActionDeclaration declaration, ActionServices services) : OutsideRead(declaration, services)
{
    protected const string Query = "query";
    protected const string Expect = "expect";

    protected static readonly ActionInput QueryInput = new(Query, ActionInputType.Text, "The PromQL expression.", Required: true);

    protected override string Reason(ActionInputs inputs) => "only reads: a query changes nothing";

    protected override void CheckInputs(ActionInputs inputs)
    {
        base.CheckInputs(inputs);
        if (inputs.Text(Expect) is { } expect && !inputs.IsOpen(Expect))
        {
            Expectation.Parse(expect);
        }

        foreach (var time in Times.Where(time => inputs.Text(time) is not null && !inputs.IsOpen(time)))
        {
            if (inputs.Time(time) < TimeSpan.FromSeconds(1))
            {
                throw new ActionException($"the input {time} must be at least 1s");
            }
        }
    }

    /// <summary>Inputs that are lengths of time.</summary>
    protected abstract IEnumerable<string> Times { get; }

    /// <summary>Asks for each moment of a window.</summary>
    protected Task<(IReadOnlyList<Series>? Series, ActionOutcome? Wrong)> AskAsync(ActionContext context, Window window, CancellationToken cancellationToken) =>
        AskAsync(context, $"api/v1/query_range?query={Escaped(context)}{window.Parameters}", cancellationToken);

    /// <summary>Asks for now.</summary>
    protected Task<(IReadOnlyList<Series>? Series, ActionOutcome? Wrong)> AskNowAsync(ActionContext context, CancellationToken cancellationToken) =>
        AskAsync(context, $"api/v1/query?query={Escaped(context)}", cancellationToken);

    protected static Expectation? Expected(ActionInputs inputs) => inputs.Text(Expect) is { } text ? Expectation.Parse(text) : null;

    /// <summary>What the values of one moment are, in a few words.</summary>
    protected static string Told(IReadOnlyList<double> values) => values.Count switch
    {
        0 => "no series",
        1 => SeriesAnswer.Number(values[0]),
        _ => string.Create(CultureInfo.InvariantCulture, $"{values.Count} series from {SeriesAnswer.Number(values.Min())} to {SeriesAnswer.Number(values.Max())}"),
    };

    private static string Escaped(ActionContext context) => Uri.EscapeDataString(context.Inputs.Required(Query));

    private async Task<(IReadOnlyList<Series>? Series, ActionOutcome? Wrong)> AskAsync(ActionContext context, string path, CancellationToken cancellationToken)
    {
        var (json, wrong) = await GetJsonAsync(context, path, cancellationToken);
        return json is null ? (null, wrong)
            : SeriesAnswer.Read(json) is { } series ? (series, null)
            : (null, new ActionOutcome.Failed("the answer is not that of Prometheus"));
    }
}
