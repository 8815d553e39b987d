using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>What an apply changes of an object that is there, and the way back. Pure.</summary>
/// <param name="Back">The merge patch that takes it back; null if nothing changes.</param>
/// <param name="After">A hash of the values that the patch replaces, as the apply leaves them.</param>
internal sealed record AppliedChange(JsonObject? Back, string After)
{
    /// <summary>The longest way back that is recorded, in bytes as JSON: it stands in the status of the run.</summary>
    public const int MaximumBytes = 4 * 1024;

    private const int HashLength = 16;

    private static readonly Redactor Redactor = new();

    /// <summary>The change between two states of one object. Status, and what the API server writes by itself, do not count.</summary>
    public static AppliedChange Between(JsonObject before, JsonObject after)
    {
        var back = MergeDiff.Of(Settable(after), Settable(before));
        return new AppliedChange(back, back is null ? "" : Hash(back, after));
    }

    /// <summary>A hash of the values that <paramref name="back"/> would replace in <paramref name="found"/>.</summary>
    public static string Hash(JsonObject back, JsonObject found) => CanonicalJson.Hash(Project(back, found), HashLength);

    /// <summary>Why the way back cannot be recorded, or null if it can.</summary>
    /// <param name="resource">The kind.</param>
    public string? Obstacle(ResourceDefinition resource)
    {
        var text = Back?.ToJsonString() ?? "";
        return Back is null ? null
            : Showable.IsSecret(resource) ? "the values of a Secret are not kept"
            : text.Length > MaximumBytes ? $"what is changed has more than {MaximumBytes} bytes"
            : Texts(Back).Any(Redactor.WouldChange) ? "what is changed holds something secret, which is not kept"
            : null;
    }

    /// <summary>The values that go back, such as <c>spec.replicas 2</c>.</summary>
    public string Describe() => DrainPlan.List([.. Leaves(Back ?? [], "")]);

    private static JsonObject Settable(JsonObject value)
    {
        var copy = value.DeepClone().AsObject();
        copy.Remove("status");
        var metadata = copy["metadata"] as JsonObject ?? [];
        var kept = new JsonObject();
        foreach (var name in (string[])["labels", "annotations"])
        {
            // Empty and not there are the same: so the way back always names what goes, and leaves the rest.
            var entries = metadata[name]?.DeepClone() as JsonObject ?? [];
            entries.Remove(Names.AttemptAnnotation);
            kept[name] = entries;
        }

        foreach (var name in (string[])["finalizers", "ownerReferences"])
        {
            kept[name] = metadata[name]?.DeepClone();
        }

        copy["metadata"] = kept;
        return copy;
    }

    private static JsonNode? Project(JsonNode? shape, JsonNode? value)
    {
        if (shape is not JsonObject fields || value is not JsonObject)
        {
            return value?.DeepClone();
        }

        var projected = new JsonObject();
        foreach (var (name, inner) in fields)
        {
            projected[name] = Project(inner, value[name]);
        }

        return projected;
    }

    private static IEnumerable<string> Leaves(JsonObject value, string path)
    {
        foreach (var (name, member) in value)
        {
            var at = path.Length == 0 ? name : $"{path}.{name}";
            if (member is JsonObject inner && inner.Count > 0)
            {
                foreach (var leaf in Leaves(inner, at))
                {
                    yield return leaf;
                }
            }
            else
            {
                yield return member is null ? $"{at} away" : $"{at} {Variables.Clean(member.ToJsonString(), Limits.Label)}";
            }
        }
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject value => value.SelectMany(member => Texts(member.Value).Select(text => $"{member.Key}: {text}").Concat(Texts(member.Value))),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value => [value.ToString()],
        _ => [],
    };
}
