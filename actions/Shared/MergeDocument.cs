using System.Text.Json.Nodes;

namespace RunbookOperator.Actions;

/// <summary>JSON merge patches (RFC 7386) on documents in memory. Pure.</summary>
internal static class MergeDocument
{
    /// <summary>What <paramref name="patch"/> makes of <paramref name="before"/>, which stays as it is.</summary>
    public static JsonObject Apply(JsonObject before, JsonObject patch)
    {
        var after = (JsonObject)before.DeepClone();
        foreach (var (name, value) in patch)
        {
            if (value is JsonObject inner)
            {
                after[name] = Apply(after[name] as JsonObject ?? [], inner);
            }
            else if (value is null)
            {
                after.Remove(name);
            }
            else
            {
                after[name] = value.DeepClone();
            }
        }

        return after;
    }
}
