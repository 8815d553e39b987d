using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>What of an object may be shown, whatever was asked for.</summary>
internal static class Showable
{
    /// <summary>JSON for people.</summary>
    public static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    /// <summary>A copy without the bookkeeping of managers; of a Secret its metadata, type and number of keys only.</summary>
    public static JsonObject Of(ResourceDefinition resource, JsonObject value)
    {
        var copy = (JsonObject)value.DeepClone();
        if (copy["metadata"] is JsonObject metadata)
        {
            metadata.Remove("managedFields");
            (metadata["annotations"] as JsonObject)?.Remove(LastApplied);
        }

        return IsSecret(resource) ? Bare(copy) : copy;
    }

    /// <summary>Whether a kind is the core Secret, in any version.</summary>
    public static bool IsSecret(ResourceDefinition resource) => resource is { Group: "", Kind: "Secret" } or { Group: "", Plural: "secrets" };

    private static JsonObject Bare(JsonObject secret)
    {
        var keys = (secret["data"] as JsonObject)?.Count ?? 0;
        var metadata = secret["metadata"] as JsonObject;
        // An annotation of a Secret may hold a copy of its values.
        metadata?.Remove("annotations");
        return new JsonObject
        {
            ["apiVersion"] = secret["apiVersion"]?.DeepClone(),
            ["kind"] = secret["kind"]?.DeepClone(),
            ["metadata"] = metadata?.DeepClone(),
            ["type"] = secret["type"]?.DeepClone(),
            ["keys"] = keys,
        };
    }
}
