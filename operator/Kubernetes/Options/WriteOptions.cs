using System.Text.Json.Nodes;

namespace RunbookOperator.Kubernetes;

/// <summary>How an object is created.</summary>
public sealed record CreateOptions
{
    /// <summary>Who owns the fields written, at most 128 characters; null lets the server take the name of the program.</summary>
    public string? FieldManager { get; init; }

    /// <summary>Everything but storing it.</summary>
    public bool DryRun { get; init; }
}

/// <summary>How a server-side apply is done.</summary>
/// <param name="FieldManager">Who owns the fields, at most 128 characters.</param>
/// <param name="Force">Take over fields that others own.</param>
/// <param name="Subresource">Such as <c>status</c>; null for the object itself.</param>
/// <param name="DryRun">Everything but storing it.</param>
public sealed record ApplyOptions(string FieldManager, bool Force = true, string? Subresource = null, bool DryRun = false);

/// <summary>A patch to an object.</summary>
/// <param name="Type">How <paramref name="Content"/> is to be read.</param>
/// <param name="Content">The patch: an object for a merge patch, an array for a JSON patch.</param>
public sealed record Patch(PatchType Type, JsonNode Content)
{
    /// <summary>Such as <c>status</c> or <c>scale</c>; null for the object itself.</summary>
    public string? Subresource { get; init; }

    /// <summary>Who owns the fields written.</summary>
    public string? FieldManager { get; init; }

    /// <summary>Everything but storing it.</summary>
    public bool DryRun { get; init; }
}

/// <summary>The patch formats of RFC 7386, RFC 6902 and Kubernetes.</summary>
public enum PatchType
{
    /// <summary>RFC 7386: <c>application/merge-patch+json</c>.</summary>
    Merge,

    /// <summary>RFC 6902: <c>application/json-patch+json</c>.</summary>
    Json,

    /// <summary><c>application/strategic-merge-patch+json</c>, for built-in kinds only.</summary>
    StrategicMerge,
}

/// <summary>What must hold for a deletion, and what becomes of dependents.</summary>
public sealed record DeleteOptions
{
    /// <summary>Only the object with this UID.</summary>
    public string? Uid { get; init; }

    /// <summary>Only the object at this version.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary><c>Background</c>, <c>Foreground</c> or <c>Orphan</c>; null leaves it to the kind.</summary>
    public string? PropagationPolicy { get; init; }

    /// <summary>Seconds before it is killed; null leaves it to the object.</summary>
    public long? GracePeriodSeconds { get; init; }

    /// <summary>Everything but deleting it.</summary>
    public bool DryRun { get; init; }

    // All of it goes into the body: where there is one, the API server does not look at the query, dryRun included.
    internal JsonObject ToJson()
    {
        var json = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "DeleteOptions" };
        Set(json, "propagationPolicy", PropagationPolicy);
        Set(json, "gracePeriodSeconds", GracePeriodSeconds);
        Set(json, "dryRun", DryRun ? new JsonArray("All") : null);
        var preconditions = new JsonObject();
        Set(preconditions, "uid", Uid);
        Set(preconditions, "resourceVersion", ResourceVersion);
        Set(json, "preconditions", preconditions.Count > 0 ? preconditions : null);
        return json;
    }

    private static void Set(JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }
}
