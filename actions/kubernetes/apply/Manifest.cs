using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>The object that kubernetes/apply is given.</summary>
/// <param name="Value">As it stands.</param>
/// <param name="ApiVersion">Group and version.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Name">The name.</param>
/// <param name="Namespace">The namespace, or null for the run's own.</param>
internal sealed record Manifest(JsonObject Value, string ApiVersion, string Kind, string Name, string? Namespace)
{
    /// <summary>The input that holds it.</summary>
    public const string Input = "manifest";

    private const string Own = "metadata.";

    // The rest of the metadata is the API server's.
    private static readonly string[] Metadata = ["name", "namespace", "labels", "annotations", "finalizers", "ownerReferences"];

    /// <summary>Reads it and checks what is known of it.</summary>
    /// <exception cref="ActionException">It is no object that can be applied.</exception>
    public static Manifest Read(ActionInputs inputs)
    {
        var value = inputs.Object(Input) ?? throw new ActionException($"the input {Input} is missing");
        var ns = ObjectInput.ReadNamespace(inputs);
        var manifest = new Manifest(value, Required(value, "apiVersion"), Required(value, "kind"), Required(value, "metadata", "name"), ns);
        if (!IsOpen(manifest.Name) && !ObjectNames.IsSegment(manifest.Name))
        {
            throw new ActionException($"{Own}name of the {Input} must be the name of an object");
        }

        if (value.ContainsKey("status"))
        {
            throw new ActionException($"the {Input} must have no status: that is its controller's");
        }

        foreach (var (member, content) in value["metadata"]!.AsObject())
        {
            Check(member, content, ns);
        }

        return manifest;
    }

    /// <summary>Whether the kind is not known before the run.</summary>
    public bool IsKindOpen => IsOpen(ApiVersion) || IsOpen(Kind);

    /// <summary>Where the API server keeps it.</summary>
    /// <exception cref="ActionException">It has no such kind, or knows it only by another name than the one that was judged.</exception>
    public async Task<ResourceDefinition> ResourceAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var found = await context.Client.DiscoverAsync(Kind, ApiVersion, cancellationToken);
        return found is null || found.Kind != Kind || found.ApiVersion != ApiVersion
            ? throw new ActionException(Variables.Clean($"the cluster has no kind {Kind} in {ApiVersion}", Limits.Message))
            : found;
    }

    private static void Check(string member, JsonNode? content, string? ns)
    {
        if (!Metadata.Contains(member))
        {
            throw new ActionException(Variables.Clean($"{Own}{member} cannot be given; metadata takes {string.Join(", ", Metadata)}", Limits.Message));
        }

        // Policies go by the input: it alone says where the step acts.
        if (member == "namespace" && content is JsonValue text && text.ToString() != ns)
        {
            throw new ActionException($"give the namespace as the input namespace; {Own}namespace may only repeat it");
        }

        if (member == "annotations" && content is JsonObject annotations && annotations.ContainsKey(Names.AttemptAnnotation))
        {
            throw new ActionException($"the annotation {Names.AttemptAnnotation} is the operator's own");
        }
    }

    private static string Required(JsonObject value, params ReadOnlySpan<string> path) =>
        value.At(path) is JsonValue text && text.GetValueKind() == JsonValueKind.String && text.GetValue<string>() is { Length: > 0 } found
            ? found
            : throw new ActionException($"the {Input} has no {string.Join('.', path!)}");

    private static bool IsOpen(string text) => Variables.NamesIn(text).Any();
}
