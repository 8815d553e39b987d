using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>runbooks/wait: lets time pass. The time counts from when the attempt was recorded, so a new leader does not begin anew.</summary>
internal sealed class PauseAction() : ReadAction(new ActionDeclaration(
    Pausing.Action,
    "Lets time pass before the next step.",
    ChangesState: false,
    [new(Pausing.ForInput, ActionInputType.Duration, "How long, up to 24h.", Required: true)]))
{
    protected override string Reason(ActionInputs inputs) => "only waits";

    protected override string Touches(ActionInputs inputs) => "nothing";

    protected override void CheckInputs(ActionInputs inputs)
    {
        if (!inputs.IsOpen(Pausing.ForInput) && Pausing.Read(inputs) is null)
        {
            throw new ActionException($"the input {Pausing.ForInput} must be a duration of up to {Duration.Of(Pausing.Longest)}");
        }
    }

    protected override Task<ActionOutcome> ReadAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var time = Pausing.Read(context.Inputs)!.Value;
        var left = (context.Since ?? context.Now) + time - context.Now;
        return Task.FromResult<ActionOutcome>(left > TimeSpan.Zero
            ? new ActionOutcome.Pending($"waits for {Duration.Of(time)}", left)
            : new ActionOutcome.Succeeded($"waited for {Duration.Of(time)}\n"));
    }
}

/// <summary>What the planner knows of <c>runbooks/wait</c>.</summary>
public static class Pausing
{
    /// <summary>Name of the action.</summary>
    public const string Action = "runbooks/wait";

    internal const string ForInput = "for";

    /// <summary>The longest time: a run's own deadline by default.</summary>
    internal static TimeSpan Longest { get; } = TimeSpan.FromHours(24);

    /// <summary>How long is waited; null if the inputs do not say it.</summary>
    public static TimeSpan? Read(ActionInputs inputs) =>
        Duration.TryParse(inputs.Text(ForInput), out var time) && time.Value > TimeSpan.Zero && time.Value <= Longest ? time.Value : null;
}
