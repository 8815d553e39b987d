using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>One line of the table of events. Much of what runs in a cluster still writes the fields of the core group's events, which
/// events.k8s.io/v1 shows with the prefix <c>deprecated</c>.</summary>
internal sealed record Happening(DateTimeOffset? LastSeen, string Type, string Reason, string Kind, string Name, string Message)
{
    public static Happening Of(JsonObject e)
    {
        var count = e.Number("series", "count") ?? e.Number("deprecatedCount") ?? 1;
        var note = Cell(e.Text("note"), Limits.Message);
        return new Happening(
            Seen(e),
            Cell(e.Text("type"), Limits.Label),
            Cell(e.Text("reason"), Limits.Line),
            Cell(e.Text("regarding", "kind"), Limits.Line),
            Cell(e.Text("regarding", "name"), Limits.Line),
            count > 1 ? $"{note} (seen {count} times)" : note);
    }

    private static DateTimeOffset? Seen(JsonObject e) =>
        e.Time("series", "lastObservedTime") ?? e.Time("deprecatedLastTimestamp") ?? e.Time("eventTime") ?? e.Time("deprecatedFirstTimestamp")
        ?? e.Time("metadata", "creationTimestamp");

    private static string Cell(string? text, int maximum) => string.IsNullOrEmpty(text) ? "-" : Variables.Clean(text, maximum);
}
