using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>
/// Who owns which fields of an object, from <c>metadata.managedFields</c> (structured-merge-diff's FieldsV1). What this operator has set by a
/// patch, another typed action's or the attempt's annotation, counts for the API server as somebody else's than what it applies; it is not.
/// </summary>
internal static class FieldOwners
{
    /// <summary>Why a cause of a conflict is about field managers: metav1.CauseTypeFieldManagerConflict.</summary>
    public const string Conflict = "FieldManagerConflict";

    /// <summary>Whether a refusal of an apply is about nothing but fields that this operator itself has set by a patch.</summary>
    /// <param name="refusal">The refusal.</param>
    /// <param name="found">The object, at the version that was refused.</param>
    public static bool IsOnlyOurs(ApiException refusal, JsonObject found)
    {
        var fields = refusal.Causes.Where(cause => cause.Type == Conflict).Select(cause => cause.Field ?? "").ToList();
        var entries = found.Items("metadata", "managedFields").ToList();
        var ours = entries.Where(IsOurPatch).SelectMany(Paths).ToList();
        var others = entries.Where(entry => !IsOurPatch(entry) && !IsOurApply(entry)).SelectMany(Paths).ToList();
        return fields.Count > 0 && fields.All(field => ours.Any(owned => owned.Holds(field)) && !others.Any(owned => owned.Holds(field)));
    }

    /// <summary>Whether a refusal is about field managers at all, not about the version.</summary>
    public static bool IsConflict(ApiException refusal) => refusal.IsConflict && refusal.Causes.Any(cause => cause.Type == Conflict);

    private static bool IsOurPatch(JsonNode entry) => entry.Text("manager") == Names.FieldManager && entry.Text("operation") == "Update";

    private static bool IsOurApply(JsonNode entry) => entry.Text("manager") == Names.FieldManager && entry.Text("operation") == "Apply";

    private static IEnumerable<Owned> Paths(JsonNode entry) => Paths(entry["fieldsV1"], "");

    private static IEnumerable<Owned> Paths(JsonNode? node, string path)
    {
        foreach (var (key, child) in node as JsonObject ?? [])
        {
            if (key == ".")
            {
                continue;
            }

            var at = path + Element(key);
            yield return new Owned(at, Whole: child is not JsonObject { Count: > 0 });
            foreach (var inner in Paths(child, at))
            {
                yield return inner;
            }
        }
    }

    // f:name is a field, k:{…} an item by its keys, v:… an item of a set, i:0 an item by its place.
    private static string Element(string key) => key switch
    {
        ['f', ':', .. var name] => "." + name,
        ['k', ':', .. var keys] => "[" + string.Join(',', JsonNode.Parse(keys)!.AsObject().OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value?.ToJsonString()}")) + "]",
        ['v', ':', .. var value] => $"[={value}]",
        ['i', ':', .. var index] => $"[{index}]",
        _ => "",
    };

    /// <summary>A field that an entry owns.</summary>
    /// <param name="Path">Its path, as the API server writes it in causes: <c>.spec.containers[name="web"].image</c>.</param>
    /// <param name="Whole">Whether all that is below it counts as owned: servers before 1.21 leave such an entry behind a forced apply.</param>
    private sealed record Owned(string Path, bool Whole)
    {
        public bool Holds(string field) => field == Path || (Whole && field.StartsWith(Path, StringComparison.Ordinal) && field[Path.Length] is '.' or '[');
    }
}
