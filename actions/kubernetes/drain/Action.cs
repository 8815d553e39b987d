using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Risk;

namespace RunbookOperator.Actions;

/// <summary>
/// kubernetes/drain: cordons a node and evicts its pods. It goes on where it stopped, whoever acts again: the cordon carries the attempt's
/// annotation, each eviction the UID of its pod, and what is left to do is read from the cluster every time.
/// </summary>
internal sealed class DrainAction() : CordonChange(new ActionDeclaration(
    "kubernetes/drain",
    "Cordons a node and evicts its pods as their PodDisruptionBudgets allow; how long is the step's timeout.",
    ChangesState: true,
    [NodeInput.Name, LeavingInputs.Unmanaged, LeavingInputs.EmptyDir]))
{
    /// <summary>How long after a round of evictions the next one is due.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private const string Back = "The pods do not come back by themselves.";

    protected override bool Cordon => true;

    protected override string UndoBefore => $"Uncordon the node, if it was not cordoned before. {Back}";

    protected override RiskLevel RiskOf(ActionInputs inputs) => LeavingInputs.RiskOf(inputs);

    protected override IReadOnlyList<string> Reasons(ActionInputs inputs) =>
        LeavingInputs.Reasons(inputs, "ends every pod on the node but those of DaemonSets; their owners make others elsewhere");

    protected override string UndoWith(string title, JsonObject seen) => $"{base.UndoWith(title, seen)} {Back}";

    protected override async Task<(JsonObject Seen, string Undo)> LookAsync(ActionContext context, JsonObject found, CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(context, found.Text("metadata", "name")!, cordonedAt: null, cancellationToken);
        return plan.Refused.Count > 0
            ? throw new ActionException(Variables.Clean($"the node is not drained. {string.Join("; ", plan.Refused.Take(DrainPlan.Named))}", Limits.Message))
            : await base.LookAsync(context, found, cancellationToken);
    }

    public override async Task<ActionOutcome> ActAsync(ActionContext context, ActionTarget? target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        try
        {
            if (await CordonAsync(context, target, cancellationToken) is { } outcome)
            {
                return outcome;
            }

            var node = await context.Client.GetAsync(NodeInput.Resource, Resources.NameOf(target), cancellationToken);
            return !context.DryRun && !IsCordoned(node)
                ? new ActionOutcome.Failed($"{Title(target)} was uncordoned since; nothing more is evicted.")
                : await EvictAsync(context, target, DrainPlan.CordonedAt(node), cancellationToken);
        }
        catch (Exception exception) when (ApiFailure.Of(exception, cancellationToken) is not null)
        {
            // Reading failed: what was done stays done, and the next round goes on from there.
            var failure = ApiFailure.Of(exception, cancellationToken)!;
            return failure.Kind is FailureKind.Busy or FailureKind.Unclear
                ? new ActionOutcome.Pending(failure.Message, failure.RetryAfter ?? Interval)
                : new ActionOutcome.Failed(failure.Message);
        }
    }

    // Null if the node carries this attempt's cordon.
    private async Task<ActionOutcome?> CordonAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken)
    {
        if (await GuardedPatch.LookAsync(context, target, cancellationToken) is Sighting.Ours)
        {
            return null;
        }

        var cordoned = await base.ActAsync(context, target, cancellationToken);
        return cordoned is ActionOutcome.Succeeded ? null : cordoned;
    }

    private static async Task<ActionOutcome> EvictAsync(
        ActionContext context, ActionTarget target, DateTimeOffset? cordonedAt, CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(context, target.Name, context.DryRun ? null : cordonedAt, cancellationToken);
        var round = await Evictions.SendAsync(context, plan, cancellationToken);
        if (plan.Refused.Count + round.Refused.Count > 0)
        {
            string[] refused = [.. plan.Refused, .. round.Refused];
            return new ActionOutcome.Failed(Variables.Clean(
                $"{Title(target)} is cordoned, and not all of its pods may go. {string.Join("; ", refused.Take(DrainPlan.Named))}", Limits.Message));
        }

        if (context.DryRun)
        {
            return new ActionOutcome.Succeeded(DryRuns.Would($"{Title(target)} drained\n") + Told("evicted", round.Ending) + Told("held by a PodDisruptionBudget now", round.Held) + plan.Left());
        }

        return round.Held.Count + round.Ending.Count == 0
            ? new ActionOutcome.Succeeded($"{Title(target)} drained\n{plan.Left()}")
            : new ActionOutcome.Pending(Variables.Clean(
                $"{round.Held.Count + round.Ending.Count} pods are left on {Title(target)}. {Told("held by a PodDisruptionBudget", round.Held)} {Told("ending", round.Ending)}", Limits.Message), Interval);
    }

    private static async Task<DrainPlan> PlanAsync(ActionContext context, string node, DateTimeOffset? cordonedAt, CancellationToken cancellationToken)
    {
        var options = new ListOptions { FieldSelector = $"spec.nodeName={node}" };
        var pods = await FoundObject.AskAsync(() => context.Client.ListAsync(Pod.Definition, ns: null, options, cancellationToken), cancellationToken);
        return DrainPlan.Of(
            pods, context.Inputs.Flag(LeavingInputs.Unmanaged.Name), context.Inputs.Flag(LeavingInputs.EmptyDir.Name), cordonedAt);
    }

    private static string Told(string what, List<string> names) => names.Count == 0 ? "" : $"{what}: {DrainPlan.List(names)}\n";
}
