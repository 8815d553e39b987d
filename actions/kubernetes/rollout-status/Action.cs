using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>kubernetes/rollout-status: follows a rollout to its end, and says what holds it up.</summary>
internal sealed class RolloutStatusAction() : ReadAction(new ActionDeclaration(
    "kubernetes/rollout-status",
    "Follows a rollout to its end, and says what holds it up.",
    ChangesState: false,
    [
        Workloads.KindInput(Workloads.Deployment, Workloads.StatefulSet, Workloads.DaemonSet),
        new("name", ActionInputType.Text, "The workload's name.", Required: true),
        ObjectInput.NamespaceInput,
        new(Watch, ActionInputType.Flag, "Whether to wait for its end. Defaults to true; false says where it stands now."),
    ]))
{
    private const string Watch = "watch";

    protected override string Reason(ActionInputs inputs) => "only reads";

    protected override string Touches(ActionInputs inputs) => ObjectInput.Read(inputs).ToString();

    protected override void CheckInputs(ActionInputs inputs) => ObjectInput.Read(inputs);

    protected override async Task<ActionOutcome> ReadAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var wanted = ObjectInput.Read(context.Inputs);
        var resource = Workloads.Of(wanted.Kind);
        var name = new NamespacedName(wanted.Namespace ?? context.Namespace, wanted.Name!);
        var found = await context.Client.GetAsync(resource, name, cancellationToken);
        var state = RolloutReport.State(found);
        var waits = context.Inputs.Text(Watch) is null || context.Inputs.Flag(Watch);
        var message = Variables.Clean($"{resource.Kind} {name}: {state.Message}", Limits.Message);
        if (waits && !state.Reached && !state.Hopeless)
        {
            return new ActionOutcome.Pending(message, WaitAction.Interval);
        }

        var pods = state.Reached ? [] : await PodsAsync(context, name.Namespace, found.At("spec", "selector"), cancellationToken);
        var report = ActionOutput.KeepStart([message, .. RolloutReport.Lines(found), .. PodRows.Of(pods, context.Now)]);
        return state.Hopeless && waits ? new ActionOutcome.Failed(message, report) : new ActionOutcome.Succeeded(report);
    }

    private static async Task<IReadOnlyList<System.Text.Json.Nodes.JsonObject>> PodsAsync(
        ActionContext context, string ns, System.Text.Json.Nodes.JsonNode? selector, CancellationToken cancellationToken) =>
        Selectors.Of(selector) is { } text
            ? await context.Client.ListAsync(Pod.Definition, ns, new ListOptions { LabelSelector = text }, cancellationToken)
            : [];
}
