using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>The pods of a workload as a short table, those that are not well first.</summary>
internal static class PodRows
{
    /// <summary>The most pods shown.</summary>
    public const int Maximum = 20;

    /// <summary>The table, behind an empty line; nothing where there are no pods.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<JsonObject> pods, DateTimeOffset now)
    {
        if (pods.Count == 0)
        {
            return [];
        }

        var shown = pods.OrderBy(IsWell).ThenBy(pod => pod.Text("metadata", "name"), StringComparer.Ordinal).Take(Maximum);
        var rows = shown.Select(pod => (string[])
        [
            Cell(pod.Text("metadata", "name")), PodCells.Ready(pod), Cell(PodCells.Status(pod)), PodCells.Restarts(pod),
            Cell(pod.Text("spec", "nodeName")), ActionOutput.Age(pod.Time("metadata", "creationTimestamp"), now),
        ]).ToList();
        var table = ActionOutput.Table(["POD", "READY", "STATUS", "RESTARTS", "NODE", "AGE"], rows).Prepend("");
        return pods.Count > Maximum ? table.Append($"({pods.Count - Maximum} more pods are not shown)") : table;
    }

    private static bool IsWell(JsonObject pod) =>
        pod.Items("status", "conditions").Any(condition => condition.Text("type") == "Ready" && condition.Text("status") == "True");

    private static string Cell(string? text) => string.IsNullOrEmpty(text) ? "-" : Variables.Clean(text, Limits.Line);
}
