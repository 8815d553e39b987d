using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Sync;

/// <summary>A Runbook in the cluster, read as JSON: one that an older or newer schema wrote is seen as well.</summary>
/// <param name="Content">The object.</param>
internal sealed record ExistingRunbook(JsonObject Content)
{
    /// <summary>Its name.</summary>
    public string Name => Text(Content["metadata"]?["name"]) ?? "";

    /// <summary>Its UID.</summary>
    public string? Uid => Text(Content["metadata"]?["uid"]);

    /// <summary>Its version.</summary>
    public string? ResourceVersion => Text(Content["metadata"]?["resourceVersion"]);

    /// <summary>Its generation.</summary>
    public long? Generation => (Content["metadata"]?["generation"] as JsonValue)?.TryGetValue<long>(out var value) == true ? value : null;

    /// <summary>The file it was applied from.</summary>
    public string? File => Annotation(Names.FileAnnotation);

    /// <summary>A label of it.</summary>
    public string? Label(string name) => Text(Content["metadata"]?["labels"]?[name]);

    /// <summary>An annotation of it.</summary>
    public string? Annotation(string name) => Text(Content["metadata"]?["annotations"]?[name]);

    /// <summary>Whether everything in <paramref name="manifest"/> is in the object, as it is there. What others added does not count.</summary>
    public bool Has(JsonObject manifest) => Covers(Content, manifest);

    private static bool Covers(JsonNode? actual, JsonNode? wanted) => (actual, wanted) switch
    {
        // The API server may leave out what is empty.
        (null, JsonObject { Count: 0 } or JsonArray { Count: 0 }) => true,
        (JsonObject have, JsonObject want) => want.All(member => member.Value is null || Covers(have[member.Key], member.Value)),
        (JsonArray have, JsonArray want) => have.Count == want.Count && have.Zip(want).All(pair => Covers(pair.First, pair.Second)),
        _ => JsonNode.DeepEquals(actual, wanted),
    };

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
