using System.Text.Json.Nodes;

namespace RunbookOperator.Api;

/// <summary>The JSON merge patch (RFC 7386) from one value to another. Fields that neither side knows are not touched, so an older replica
/// drops nothing that a newer one wrote.</summary>
public static class MergeDiff
{
    /// <summary>The patch, or null if both are equal.</summary>
    public static JsonObject? Of(JsonObject? before, JsonObject after)
    {
        var patch = new JsonObject();
        foreach (var (name, value) in after)
        {
            var old = before?[name];
            if (value is JsonObject inner && old is JsonObject oldInner)
            {
                if (Of(oldInner, inner) is { } changed)
                {
                    patch[name] = changed;
                }
            }
            else if (!JsonNode.DeepEquals(old, value))
            {
                patch[name] = value?.DeepClone();
            }
        }

        foreach (var (name, _) in before ?? [])
        {
            if (!after.ContainsKey(name))
            {
                patch[name] = null;
            }
        }

        return patch.Count == 0 ? null : patch;
    }
}
