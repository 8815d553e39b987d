using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>alertmanager/alerts: shows the alerts that Alertmanager has, and waits until there are none, or some.</summary>
internal sealed class AlertsAction(ActionServices services) : OutsideRead(new ActionDeclaration(
    "alertmanager/alerts",
    "Shows the alerts that Alertmanager has, and waits until there are none, or some.",
    ChangesState: false,
    [
        .. Endpoint.Inputs,
        Credential.Input,
        new(Matchers, ActionInputType.Text, "Which alerts: matchers in Alertmanager's syntax with commas between them. Defaults to all."),
        new(Silenced, ActionInputType.Flag, "Whether silenced and inhibited ones count. Defaults to false."),
        new(Expect, ActionInputType.Text, "What there must be: none or some. Defaults to anything.", Values: ["none", "some"]),
    ]), services)
{
    private const string Matchers = "matchers";
    private const string Silenced = "silenced";
    private const string Expect = "expect";

    protected override string Reason(ActionInputs inputs) => "only reads alerts";

    protected override void CheckInputs(ActionInputs inputs)
    {
        base.CheckInputs(inputs);
        if (inputs.Text(Matchers) is { } text && !inputs.IsOpen(Matchers))
        {
            MatcherList.Parse(Matchers, text);
        }
    }

    protected override async Task<ActionOutcome> AskAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var (json, wrong) = await GetJsonAsync(context, Path(context.Inputs), cancellationToken);
        if (json is not JsonArray alerts)
        {
            return wrong ?? new ActionOutcome.Failed("the answer is not that of Alertmanager");
        }

        var output = alerts.Count == 0 ? "no alerts\n" : ActionOutput.KeepStart(ActionOutput.Table(
            ["ALERT", "STATE", "AGE", "LABELS"], [.. alerts.OfType<JsonNode>().Select(alert => Row(alert, context.Now))]));
        return Verdict(context, Holds(context.Inputs, alerts.Count), $"{alerts.Count} alerts, {context.Inputs.Text(Expect)} expected", output);
    }

    private static bool? Holds(ActionInputs inputs, int count) => inputs.Text(Expect) switch
    {
        "none" => count == 0,
        "some" => count > 0,
        _ => null,
    };

    private static string Path(ActionInputs inputs)
    {
        var silenced = inputs.Flag(Silenced) ? "true" : "false";
        var filters = inputs.Text(Matchers) is { } text
            ? MatcherList.Parse(Matchers, text).Select(matcher => "&filter=" + Uri.EscapeDataString(matcher.ToString()))
            : [];
        return $"api/v2/alerts?active=true&silenced={silenced}&inhibited={silenced}{string.Concat(filters)}";
    }

    private static string[] Row(JsonNode alert, DateTimeOffset now)
    {
        var labels = (alert.At("labels") as JsonObject ?? []).Where(label => label.Key != "alertname").OrderBy(label => label.Key, StringComparer.Ordinal)
            .Select(label => $"{label.Key}=\"{label.Value}\"");
        return [
            Variables.Clean(alert.Text("labels", "alertname") ?? "-", Limits.Line), Variables.Clean(alert.Text("status", "state") ?? "-", Limits.Label),
            ActionOutput.Age(alert.Time("startsAt"), now), Variables.Clean(string.Join(',', labels), SeriesAnswer.MaximumLabels)];
    }
}
