namespace RunbookOperator.Actions;

/// <summary>prometheus/query-range: asks Prometheus how something was, and judges the whole of it.</summary>
internal sealed class PrometheusQueryRangeAction(ActionServices services) : PrometheusRead(new ActionDeclaration(
    "prometheus/query-range",
    "Asks Prometheus how something was over a length of time, and waits until it was as it should be.",
    ChangesState: false,
    [
        .. Endpoint.Inputs,
        Credential.Input,
        QueryInput,
        new(Range, ActionInputType.Duration, "How far back. Defaults to 1h."),
        new(Step, ActionInputType.Duration, "From one moment to the next. Defaults to a sixtieth of range."),
        new(Expect, ActionInputType.Text, "What every series must be at a moment: a comparison such as < 0.05, none or some. Defaults to anything."),
        new(At, ActionInputType.Text, "At which moments that must be so: every, any or last. Defaults to every.", Values: ["every", "any", "last"]),
    ]), services)
{
    private const string Range = "range";
    private const string Step = "step";
    private const string At = "at";

    private static readonly TimeSpan DefaultRange = TimeSpan.FromHours(1);

    protected override IEnumerable<string> Times => [Range, Step];

    protected override void CheckInputs(ActionInputs inputs)
    {
        base.CheckInputs(inputs);
        if (inputs.Text(At) is not null && inputs.Text(Expect) is null)
        {
            throw new ActionException("the input at belongs to expect");
        }

        if (!inputs.IsOpen(Range) && !inputs.IsOpen(Step))
        {
            WindowOf(inputs, DateTimeOffset.UnixEpoch);
        }
    }

    protected override async Task<ActionOutcome> AskAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var window = WindowOf(context.Inputs, context.Now);
        var (series, wrong) = await AskAsync(context, window, cancellationToken);
        if (series is null)
        {
            return wrong!;
        }

        var moments = window.Moments(series);
        var output = series.Count == 0 ? "no series\n" : ActionOutput.KeepStart(ActionOutput.Table(
            ["LAST", "LOWEST", "HIGHEST", "POINTS", "SERIES"], [.. series.Where(one => one.Points.Count > 0).Select(Row)]));
        if (Expected(context.Inputs) is not { } expected)
        {
            return new ActionOutcome.Succeeded(output);
        }

        var good = moments.Count(expected.Holds);
        var holds = context.Inputs.Text(At) switch
        {
            "any" => good > 0,
            "last" => expected.Holds(moments[^1]),
            _ => good == moments.Count,
        };
        return Verdict(context, holds, $"{expected} at {context.Inputs.Text(At) ?? "every"} moment, and it is so at {good} of {moments.Count}; now {Told(moments[^1])}", output);
    }

    private static Window WindowOf(ActionInputs inputs, DateTimeOffset now) => Window.Of(now, inputs.Time(Range) ?? DefaultRange, inputs.Time(Step));

    private static string[] Row(Series series)
    {
        var values = series.Points.Select(point => point.Value).ToList();
        return [
            SeriesAnswer.Number(values[^1]), SeriesAnswer.Number(values.Min()), SeriesAnswer.Number(values.Max()), values.Count.ToString(),
            series.Labels.Length == 0 ? "-" : series.Labels];
    }
}
