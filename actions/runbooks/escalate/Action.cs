using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>runbooks/escalate: ends the run and lets another runbook go on. It does nothing itself: the planner hands over once it has succeeded.</summary>
internal sealed class EscalateAction() : ReadAction(new ActionDeclaration(
    Escalating.Action,
    "Ends the run and lets another runbook of the namespace go on.",
    ChangesState: false,
    [
        new(Escalating.RunbookInput, ActionInputType.Text, "The runbook that goes on. Defaults to that of the runbook's escalation."),
        new(Escalating.ReasonInput, ActionInputType.Text, "Why, for whoever goes on."),
    ]))
{
    protected override string Reason(ActionInputs inputs) => "hands over; the other run asks for its own approvals";

    protected override string Touches(ActionInputs inputs) => Escalating.Runbook(inputs) is { } runbook ? $"a run of {runbook}" : "a run of the escalation's runbook";

    protected override void CheckInputs(ActionInputs inputs)
    {
        if (!inputs.IsOpen(Escalating.RunbookInput) && inputs.Text(Escalating.RunbookInput) is { Length: 0 or > Limits.Name })
        {
            throw new ActionException($"the input {Escalating.RunbookInput} must be the name of a runbook");
        }
    }

    protected override Task<ActionOutcome> ReadAsync(ActionContext context, CancellationToken cancellationToken) =>
        Task.FromResult<ActionOutcome>(new ActionOutcome.Succeeded(context.Inputs.Text(Escalating.ReasonInput) is { Length: > 0 } reason ? reason + "\n" : ""));
}

/// <summary>What the planner knows of <c>runbooks/escalate</c>.</summary>
public static class Escalating
{
    /// <summary>Name of the action.</summary>
    public const string Action = "runbooks/escalate";

    internal const string RunbookInput = "runbook";
    internal const string ReasonInput = "reason";

    /// <summary>The runbook that goes on; null if the inputs name none.</summary>
    public static string? Runbook(ActionInputs inputs) => inputs.Text(RunbookInput) is { Length: > 0 } runbook ? runbook : null;
}
