namespace RunbookOperator.Actions;

/// <summary>prometheus/query: asks Prometheus, and waits until the answer is as it should be.</summary>
internal sealed class PrometheusQueryAction(ActionServices services) : PrometheusRead(new ActionDeclaration(
    "prometheus/query",
    "Asks Prometheus, and waits until the answer is as it should be.",
    ChangesState: false,
    [
        .. Endpoint.Inputs,
        Credential.Input,
        QueryInput,
        new(Expect, ActionInputType.Text, "What every series must be: a comparison such as < 0.05, none or some. Defaults to anything."),
        new(For, ActionInputType.Duration, "How long it must have been so without a break. Defaults to now."),
    ]), services)
{
    private const string For = "for";

    protected override IEnumerable<string> Times => [For];

    protected override void CheckInputs(ActionInputs inputs)
    {
        base.CheckInputs(inputs);
        if (inputs.Text(For) is not null && inputs.Text(Expect) is null)
        {
            throw new ActionException("the input for belongs to expect");
        }
    }

    protected override async Task<ActionOutcome> AskAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var expected = Expected(context.Inputs);
        return expected is not null && context.Inputs.Time(For) is { } length
            ? await AskBackAsync(context, expected, Window.Of(context.Now, length, null), cancellationToken)
            : await AskNowAsync(context, expected, cancellationToken);
    }

    private async Task<ActionOutcome> AskNowAsync(ActionContext context, Expectation? expected, CancellationToken cancellationToken)
    {
        var (series, wrong) = await AskNowAsync(context, cancellationToken);
        if (series is null)
        {
            return wrong!;
        }

        var values = Last(series);
        var output = series.Count == 0 ? "no series\n" : ActionOutput.KeepStart(series.Select(Line));
        return Verdict(context, expected?.Holds(values), $"{Told(values)}, {expected}", output);
    }

    private async Task<ActionOutcome> AskBackAsync(ActionContext context, Expectation expected, Window window, CancellationToken cancellationToken)
    {
        var (series, wrong) = await AskAsync(context, window, cancellationToken);
        if (series is null)
        {
            return wrong!;
        }

        var moments = window.Moments(series);
        var last = moments.Count - 1;
        var broken = moments.Count;
        while (broken > 0 && expected.Holds(moments[broken - 1]))
        {
            broken--;
        }

        var message = broken == moments.Count
            ? $"{Told(moments[last])}, {expected}"
            : $"{Told(moments[last])}, as expected, but only for {(last - broken) * window.Step} s of {last * window.Step}";
        var output = series.Count == 0 ? "no series\n" : ActionOutput.KeepStart(series.Select(Line));
        return Verdict(context, broken == 0, message, output);
    }

    private static double[] Last(IReadOnlyList<Series> series) => [.. series.Where(one => one.Points.Count > 0).Select(one => one.Points[^1].Value)];

    private static string Line(Series series)
    {
        var value = series.Points.Count == 0 ? "-" : SeriesAnswer.Number(series.Points[^1].Value);
        return series.Labels.Length == 0 ? value : $"{series.Labels} {value}";
    }
}
