using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Admission;

/// <summary>The specs in a request, as JSON: nothing is known yet to have the form of its schema.</summary>
internal static class Specs
{
    /// <summary>The spec that is to be, or null if there is none.</summary>
    public static JsonObject? New(AdmissionRequest request) => Of(request.Object);

    /// <summary>The spec that is, or null if there is none.</summary>
    public static JsonObject? Old(AdmissionRequest request) => Of(request.OldObject);

    /// <summary>The names of the fields in which the two differ, in ordinal order.</summary>
    public static IEnumerable<string> Changes(JsonObject? one, JsonObject? other)
    {
        var names = (one ?? []).Concat(other ?? []).Select(field => field.Key).Distinct().Order(StringComparer.Ordinal);
        return names.Where(name => !AreEqual(one?[name], other?[name]));
    }

    /// <summary>Whether the two have the same canonical form.</summary>
    public static bool AreEqual(JsonNode? one, JsonNode? other) => CanonicalJson.Bytes(one).AsSpan().SequenceEqual(CanonicalJson.Bytes(other));

    private static JsonObject? Of(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty("spec", out var spec) && spec.ValueKind == JsonValueKind.Object
            ? JsonObject.Create(spec.Clone())
            : null;
}
