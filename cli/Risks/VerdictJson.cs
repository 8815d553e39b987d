using System.Text.Json.Nodes;
using RunbookOperator.Risk;

namespace RunbookOperator.Cli.Risks;

/// <summary>A verdict for programs: what <c>classify --jsonl</c> writes.</summary>
internal static class VerdictJson
{
    /// <summary><c>risk</c> and <c>reasons</c>, behind whatever identifies the command.</summary>
    public static JsonObject Add(JsonObject line, RiskVerdict verdict)
    {
        line["risk"] = verdict.Level.ToText();
        line["reasons"] = new JsonArray([.. verdict.Reasons.Select(Of)]);
        return line;
    }

    private static JsonObject Of(RiskReason reason) => new()
    {
        ["rule"] = reason.Rule,
        ["level"] = reason.Level.ToText(),
        ["start"] = reason.Span.Start,
        ["length"] = reason.Span.Length,
        ["message"] = reason.Message,
    };
}
