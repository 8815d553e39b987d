using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Executions;

/// <summary>What undoes a step, as a step of the same name. Pure.</summary>
/// <param name="Step">The step that undoes.</param>
/// <param name="Direction">How: by declared words, or by the action's own inverse.</param>
/// <param name="Done">What the act had touched, as recorded; null for declared words.</param>
internal sealed record UndoStep(RunbookStep Step, StepDirection Direction, JsonObject? Done = null)
{
    private const string Undoable = "undoable";

    /// <summary>What undoes <paramref name="step"/>; null where nothing is known to. What the step declares comes before what its action recorded.</summary>
    /// <param name="step">The step.</param>
    /// <param name="target">What the act touched, or will touch; null if it is not known.</param>
    public static UndoStep? Of(RunbookStep step, JsonObject? target)
    {
        if (step.Rollback is { } rollback)
        {
            var runs = rollback.Run is not null;
            return new UndoStep(
                new RunbookStep
                {
                    Name = step.Name,
                    Uses = rollback.Uses,
                    With = rollback.With,
                    Run = rollback.Run,
                    Timeout = step.Timeout,
                    Confirm = step.Confirm,
                    Env = runs ? step.Env : null,
                    Image = runs ? step.Image : null,
                },
                StepDirection.Rollback);
        }

        return step.Uses is not null && IsUndoable(target)
            ? new UndoStep(
                new RunbookStep { Name = step.Name, Uses = step.Uses, With = step.With, Timeout = step.Timeout, Confirm = step.Confirm },
                StepDirection.Inverse,
                target)
            : null;
    }

    /// <summary>What undoes a step that may have acted.</summary>
    public static UndoStep? Of(RunbookStep step, StepStatus status) => Of(step, status.Rollback?.Origin ?? status.Target);

    /// <summary>Whether the undo of a step is to be done, or to be offered, or neither.</summary>
    public static UndoNeed NeedOf(RunbookStep step, StepStatus status)
    {
        if (status.Rollback is not { State: not (StepState.Succeeded or StepState.Skipped) } undo || Of(step, status) is null)
        {
            return UndoNeed.None;
        }

        return status.State switch
        {
            StepState.Succeeded => UndoNeed.Due,

            // What failed was its check: the act itself is done for certain.
            StepState.Failed when status.VerifyingSince is not null => UndoNeed.Due,
            StepState.Failed or StepState.Unknown => UndoNeed.Offered,

            // An attempt was recorded, and a person went on without knowing what it did.
            StepState.Skipped when status.StartedAt is not null || undo.Origin is not null => UndoNeed.Offered,
            _ => UndoNeed.None,
        };
    }

    private static bool IsUndoable(JsonObject? target) =>
        target?[Undoable] is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.True;
}

/// <summary>Whether a step needs undoing.</summary>
internal enum UndoNeed
{
    /// <summary>Nothing is to be undone, or nothing can.</summary>
    None,

    /// <summary>It acted, and is undone.</summary>
    Due,

    /// <summary>It may have acted, in part or whole: a person decides.</summary>
    Offered,
}
