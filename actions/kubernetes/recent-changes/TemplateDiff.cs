using System.Text.Json.Nodes;

namespace RunbookOperator.Actions;

/// <summary>Says in words how two pod templates differ. Values of the environment are never told. Pure.</summary>
internal static class TemplateDiff
{
    /// <summary>The most differences told.</summary>
    public const int Maximum = 5;

    private static readonly string[] Bookkeeping = ["containers", "initContainers"];

    /// <summary>Such as <c>image shop/web:1 -> shop/web:2; resources of web</c>.</summary>
    public static string Describe(JsonNode? before, JsonNode? after)
    {
        var words = Containers(before, after, "initContainers").Concat(Containers(before, after, "containers"))
            .Concat(Annotations(before, after))
            .Concat(Names(before.At("spec"), after.At("spec")).Where(name => !Bookkeeping.Contains(name)))
            .ToList();
        return words.Count == 0 ? "the same template"
            : string.Join("; ", words.Take(Maximum)) + (words.Count > Maximum ? $"; and {words.Count - Maximum} more" : "");
    }

    private static IEnumerable<string> Containers(JsonNode? before, JsonNode? after, string list)
    {
        var old = ByName(before, list);
        foreach (var (name, container) in ByName(after, list))
        {
            if (!old.Remove(name, out var was))
            {
                yield return $"container {name} added with {container.Text("image")}";
                continue;
            }

            foreach (var field in Names(was, container))
            {
                yield return field == "image" ? $"image {was.Text("image")} -> {container.Text("image")}" : $"{field} of {name}";
            }
        }

        foreach (var name in old.Keys)
        {
            yield return $"container {name} removed";
        }
    }

    private static IEnumerable<string> Annotations(JsonNode? before, JsonNode? after) =>
        Names(before.At("metadata", "annotations"), after.At("metadata", "annotations"))
            .Select(name => name == RolloutRestartAction.RestartedAt ? "restarted" : $"annotation {name}");

    private static Dictionary<string, JsonNode> ByName(JsonNode? template, string list) =>
        template.Items("spec", list).DistinctBy(container => container.Text("name")).ToDictionary(container => container.Text("name") ?? "", StringComparer.Ordinal);

    // The members that differ.
    private static IEnumerable<string> Names(JsonNode? before, JsonNode? after)
    {
        var (old, now) = (before as JsonObject ?? [], after as JsonObject ?? []);
        return now.Select(member => member.Key).Union(old.Select(member => member.Key)).Where(name => !JsonNode.DeepEquals(old[name], now[name]));
    }
}
