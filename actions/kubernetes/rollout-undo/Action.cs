using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>kubernetes/rollout-undo: takes a Deployment back to an earlier revision of its pod template.</summary>
internal sealed class RolloutUndoAction() : WorkloadChange(new ActionDeclaration(
    "kubernetes/rollout-undo",
    "Takes a Deployment back to an earlier revision of its pod template.",
    ChangesState: true,
    [
        Workloads.KindInput(Workloads.Deployment),
        new("name", ActionInputType.Text, "The Deployment's name.", Required: true),
        ObjectInput.NamespaceInput,
        new(ToRevision, ActionInputType.Number, "The revision to go back to. Defaults to the one before the present one."),
    ]))
{
    private const string ToRevision = "toRevision";
    private const string PodTemplateHash = "pod-template-hash";

    protected override string UndoBefore => "Go to the revision it has now, with kubernetes/rollout-undo and its number as toRevision.";

    protected override IReadOnlyList<string> Reasons(ActionInputs inputs) => ["replaces every pod by one of an earlier revision, a few at a time"];

    protected override void CheckInputs(ActionInputs inputs)
    {
        if (!inputs.IsOpen(ToRevision) && inputs.Number(ToRevision) is < 1)
        {
            throw new ActionException($"the input {ToRevision} must be 1 or more");
        }
    }

    protected override async Task<(JsonObject Seen, string Undo)> LookAsync(
        ActionContext context, JsonObject workload, CancellationToken cancellationToken)
    {
        var history = RevisionHistory.Of(workload, await ReplicaSetsAsync(context, workload, cancellationToken));
        var chosen = history.Choose(context.Inputs.Number(ToRevision));
        var seen = new JsonObject
        {
            ["revision"] = history.Current,
            [ToRevision] = chosen.Revision,
            ["replicaSet"] = chosen.Name,
            ["replicaSetUid"] = chosen.Uid,
        };
        return (seen, $"Go back to revision {history.Current} of {history.Title} with kubernetes/rollout-undo and toRevision {history.Current}.");
    }

    protected override async Task<Patch> PatchAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken)
    {
        var name = new NamespacedName(target.Namespace, target.Seen.Text("replicaSet") ?? "");
        var replicaSet = await context.Client.GetAsync(Workloads.ReplicaSet, name, cancellationToken);
        if (replicaSet.Text("metadata", "uid") != target.Seen.Text("replicaSetUid"))
        {
            throw new ApiException(System.Net.HttpStatusCode.NotFound, "NotFound", $"revision {target.Seen.Number(ToRevision)} is no longer kept");
        }

        var template = replicaSet["spec"]!["template"]!.DeepClone();
        (template.At("metadata", "labels") as JsonObject)?.Remove(PodTemplateHash);
        // Deployments that have a revision have annotations; the annotation's own slash is written ~1.
        var annotation = "/metadata/annotations/" + Names.AttemptAnnotation.Replace("/", "~1", StringComparison.Ordinal);
        return new Patch(PatchType.Json, new JsonArray(
            Operation("test", "/metadata/uid", target.Uid),
            Operation("replace", "/metadata/resourceVersion", target.ResourceVersion),
            Operation("add", annotation, context.AttemptId),
            Operation("replace", "/spec/template", template)))
        {
            FieldManager = Names.FieldManager,
        };
    }

    protected override string Done(ActionContext context, ActionTarget target) =>
        $"{Title(target)} taken back from revision {target.Seen.Number("revision")} to revision {target.Seen.Number(ToRevision)}\n";

    private static JsonObject Operation(string operation, string path, JsonNode? value) =>
        new() { ["op"] = operation, ["path"] = path, ["value"] = value };

    private static async Task<IReadOnlyList<JsonObject>> ReplicaSetsAsync(ActionContext context, JsonObject workload, CancellationToken cancellationToken)
    {
        var labels = (workload.At("spec", "selector", "matchLabels") as JsonObject ?? []).Select(label => $"{label.Key}={label.Value}");
        try
        {
            return await context.Client.ListAsync(
                Workloads.ReplicaSet, workload.Text("metadata", "namespace"), new ListOptions { LabelSelector = string.Join(',', labels) }, cancellationToken);
        }
        catch (ApiException exception) when (ApiFailure.Of(exception, cancellationToken) is { Kind: FailureKind.Refused } failure)
        {
            throw new ActionException(failure.Message);
        }
    }
}
