using System.Globalization;
using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>kubernetes/rollout-restart: replaces a workload's pods, a few at a time, by new ones of the same template.</summary>
internal sealed class RolloutRestartAction() : WorkloadChange(new ActionDeclaration(
    "kubernetes/rollout-restart",
    "Replaces a workload's pods, a few at a time, by new ones of the same template.",
    ChangesState: true,
    [
        Workloads.KindInput(Workloads.Deployment, Workloads.StatefulSet, Workloads.DaemonSet),
        new("name", ActionInputType.Text, "The workload's name.", Required: true),
        ObjectInput.NamespaceInput,
    ]))
{
    /// <summary>The annotation of the pod template that <c>kubectl rollout restart</c> writes.</summary>
    public const string RestartedAt = "kubectl.kubernetes.io/restartedAt";

    protected override string UndoBefore => "Nothing to undo: the new pods have the same template.";

    protected override IReadOnlyList<string> Reasons(ActionInputs inputs) => ["restarts every pod, a few at a time as the workload's update strategy says"];

    protected override Task<(JsonObject Seen, string Undo)> LookAsync(ActionContext context, JsonObject workload, CancellationToken cancellationToken)
    {
        var title = new ObjectInput(workload.Text("kind") ?? "", workload.Text("metadata", "name"), workload.Text("metadata", "namespace"));
        if (workload.Flag("spec", "paused"))
        {
            throw new ActionException($"{title} is paused: nothing would restart before it is resumed");
        }

        if (workload.Text("spec", "updateStrategy", "type") == "OnDelete")
        {
            throw new ActionException($"{title} has the update strategy OnDelete: nothing would restart before its pods are deleted");
        }

        var seen = new JsonObject { ["restartedAt"] = workload.Text("spec", "template", "metadata", "annotations", RestartedAt) };
        return Task.FromResult((seen, $"Nothing to undo: the new pods of {title} have the same template."));
    }

    protected override Task<Patch> PatchAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken)
    {
        var now = context.Now.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return Task.FromResult(MergePatch.Of(context, target, new JsonObject
        {
            ["template"] = new JsonObject
            {
                ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [RestartedAt] = now } },
            },
        }));
    }

    protected override string Done(ActionContext context, ActionTarget target) => $"{Title(target)} restarted\n";
}
