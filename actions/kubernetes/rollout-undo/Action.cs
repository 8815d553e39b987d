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
    private const string Template = "template";

    protected override string UndoBefore => "Go back to the revision it has now.";

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
        var replicaSets = await ReplicaSetsAsync(context, workload, cancellationToken);
        var history = RevisionHistory.Of(workload, replicaSets);
        var chosen = history.Choose(context.Inputs.Number(ToRevision));
        var seen = new JsonObject
        {
            ["revision"] = history.Current,
            ["from"] = history.Now?.Name,
            ["fromUid"] = history.Now?.Uid,
            [ToRevision] = chosen.Revision,
            ["replicaSet"] = chosen.Name,
            ["replicaSetUid"] = chosen.Uid,
            [Template] = PodTemplate.HashOf(replicaSets.First(replicaSet => replicaSet.Text("metadata", "uid") == chosen.Uid)),
        };
        return (seen, $"Go back to revision {history.Current} of {history.Title}.");
    }

    protected override Task<Patch> PatchAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken) =>
        PatchAsync(context, target, ("replicaSet", "replicaSetUid", ToRevision), cancellationToken);

    protected override string Done(ActionContext context, ActionTarget target) =>
        $"{Title(target)} taken back from revision {target.Seen.Number("revision")} to revision {target.Seen.Number(ToRevision)}\n";

    protected override bool CanUndo => true;

    // Its number tells nothing: a revision that is gone back to becomes the newest. The template is what the step has set.
    protected override string? Drift(ActionContext context, ActionTarget done, JsonObject found) => PodTemplate.HashOf(found) == done.Seen.Text(Template)
        ? null
        : $"{Title(done)} has another pod template by now than that of revision {done.Seen.Number(ToRevision)}, which the step had set";

    protected override Task<Patch> UndoPatchAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken) =>
        PatchAsync(context, target, ("from", "fromUid", "revision"), cancellationToken);

    protected override string Undone(ActionContext context, ActionTarget target) =>
        $"{Title(target)} is back at the pod template of revision {target.Seen.Number("revision")}\n";

    private static async Task<Patch> PatchAsync(
        ActionContext context, ActionTarget target, (string Name, string Uid, string Revision) seen, CancellationToken cancellationToken)
    {
        var name = new NamespacedName(target.Namespace, target.Seen.Text(seen.Name) ?? "");
        var replicaSet = await context.Client.GetAsync(Workloads.ReplicaSet, name, cancellationToken);
        if (replicaSet.Text("metadata", "uid") != target.Seen.Text(seen.Uid))
        {
            throw new ApiException(System.Net.HttpStatusCode.NotFound, "NotFound", $"revision {target.Seen.Number(seen.Revision)} is no longer kept");
        }

        // Deployments that have a revision have annotations; the annotation's own slash is written ~1.
        var annotation = "/metadata/annotations/" + Names.AttemptAnnotation.Replace("/", "~1", StringComparison.Ordinal);
        return new Patch(PatchType.Json, new JsonArray(
            Operation("test", "/metadata/uid", target.Uid),
            Operation("replace", "/metadata/resourceVersion", target.ResourceVersion),
            Operation("add", annotation, context.AttemptId),
            Operation("replace", "/spec/template", PodTemplate.Of(replicaSet))))
        {
            FieldManager = Names.FieldManager,
        };
    }

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
