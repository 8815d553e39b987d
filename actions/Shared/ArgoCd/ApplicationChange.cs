using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>An operation of an Argo CD Application: its controller takes what stands in the field <c>operation</c> and removes it
/// (https://github.com/argoproj/argo-cd/blob/master/pkg/apis/application/v1alpha1/types.go).</summary>
internal abstract class ApplicationChange(ActionDeclaration declaration) : ObjectChange(declaration)
{
    protected const string Prune = "prune";

    private const string Operation = "operation";

    private static readonly ResourceDefinition Applications = new("argoproj.io", "v1alpha1", "Application", "applications");

    protected static ActionInput NameInput { get; } = new("name", ActionInputType.Text, "The Application's name.", Required: true);

    protected static ActionInput PruneInput { get; } =
        new(Prune, ActionInputType.Flag, "Whether what is not in the source any more is deleted. Defaults to false.");

    protected override ObjectInput NamedBy(ActionInputs inputs) => ObjectInput.Read(inputs) with { Kind = Applications.Kind };

    protected override Task<ResourceDefinition> ResourceAsync(ActionContext context, ObjectInput named, CancellationToken cancellationToken) =>
        Task.FromResult(Applications);

    /// <summary>Such as <c>Application argocd/web</c>.</summary>
    protected static string TitleOf(JsonObject found) => $"{Applications.Kind} {found.Text("metadata", "namespace")}/{found.Text("metadata", "name")}";

    /// <summary>Throws while an operation waits or runs: Argo CD does one at a time, and a second would take the place of the first.</summary>
    /// <exception cref="ActionException">It does.</exception>
    protected static void CheckIdle(JsonObject found)
    {
        if (InProgress(found))
        {
            throw new ActionException($"an operation of {TitleOf(found)} is in progress; wait until it is over");
        }
    }

    /// <summary>Whether an operation waits or runs.</summary>
    protected static bool InProgress(JsonObject found) => found.At(Operation) is not null || found.Text("status", "operationState", "phase") is "Running" or "Terminating";

    /// <summary>Whether Argo CD syncs by itself.</summary>
    protected static bool IsAutomated(JsonObject found) =>
        found.At("spec", "syncPolicy", "automated") is JsonObject automated && (automated["enabled"] is null || automated.Flag("enabled"));

    /// <summary>The patch that begins a sync.</summary>
    protected static Patch Begin(ActionContext context, ActionTarget target, JsonObject sync)
    {
        if (context.Inputs.Flag(Prune))
        {
            sync[Prune] = true;
        }

        return MergePatch.OfObject(context, target, new JsonObject
        {
            [Operation] = new JsonObject
            {
                ["initiatedBy"] = new JsonObject { ["username"] = Names.FieldManager },
                ["info"] = new JsonArray(new JsonObject { ["name"] = Names.AttemptAnnotation, ["value"] = context.AttemptId }),
                ["sync"] = sync,
            },
        });
    }

    /// <summary>What has been deployed, the oldest first.</summary>
    protected static IReadOnlyList<JsonNode> History(JsonObject found) => [.. found.Items("status", "history").OrderBy(entry => entry.Number("id"))];

    /// <summary>What Argo CD needs to go back to an entry of the history: its revision and where it came from, also where there are several.</summary>
    protected static JsonObject To(JsonNode entry)
    {
        var sync = new JsonObject { ["syncStrategy"] = new JsonObject { ["apply"] = new JsonObject() } };
        foreach (var name in new[] { "revision", "revisions", "source", "sources" })
        {
            if (entry.At(name) is { } value)
            {
                sync[name] = value.DeepClone();
            }
        }

        return sync;
    }

    /// <summary>The revision of an entry, for people.</summary>
    protected static string Revision(JsonNode entry) =>
        Variables.Clean(entry.Text("revision") is { Length: > 0 } one ? one : string.Join(", ", entry.Items("revisions").Select(each => each.ToString())), Limits.Line);
}
