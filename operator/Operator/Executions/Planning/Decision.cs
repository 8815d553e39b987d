using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Executions;

/// <summary>What is to be stored, and what is to be done then.</summary>
/// <param name="Status">The status to store, if it differs from the stored one.</param>
/// <param name="Request">What to do next.</param>
/// <param name="Events">What to tell people.</param>
/// <param name="Audit">What to add to the audit trail with this write.</param>
public sealed record Decision(
    RunbookExecutionStatus Status, Request Request, IReadOnlyList<PlannedEvent> Events, IReadOnlyList<AuditEntry> Audit)
{
    /// <summary>What is done once the status is stored. All of it is recorded there as an intent, so a process that ends in between leaves
    /// nothing that another one could not find.</summary>
    public IReadOnlyList<Deed> Deeds { get; init; } = [];
}

/// <summary>What the planner asks of its shell. Of those that look closer nothing is stored: what was found and what is decided upon it become
/// one write.</summary>
public abstract record Request
{
    private Request()
    {
    }

    /// <summary>Look at what became of the running attempt, then decide again. Nothing is stored yet.</summary>
    /// <param name="Step">The step, or what undoes it.</param>
    /// <param name="Status">Where it stands.</param>
    public sealed record Observe(RunbookStep Step, StepStatus Status) : Request
    {
        /// <summary>Which way the attempt goes. Default forward.</summary>
        public StepDirection Direction { get; init; }
    }

    /// <summary>Fill in the values of the step and read what it touches, then decide again. Nothing is stored yet.</summary>
    /// <param name="Step">The step.</param>
    /// <param name="Attempt">The attempt.</param>
    /// <param name="Variables">The values.</param>
    /// <param name="Recorded">The target that is recorded for the attempt, if it may have acted: then its digest is about that one, whatever the
    /// world looks like by now.</param>
    public sealed record Prepare(
        RunbookStep Step, int Attempt, IReadOnlyDictionary<string, string> Variables, JsonObject? Recorded = null) : Request
    {
        /// <summary>Which way the attempt goes. Default forward.</summary>
        public StepDirection Direction { get; init; }

        /// <summary>For an inverse: what the act had touched, as recorded.</summary>
        public JsonObject? Done { get; init; }

        /// <summary>Whether only what would be done is asked for, and not what it touches. Default no.</summary>
        public bool PlanOnly { get; init; }
    }

    /// <summary>Read the decisions on the step, then decide again. Nothing is stored yet.</summary>
    /// <param name="Step">The step.</param>
    /// <param name="Status">Where it stands.</param>
    /// <param name="Prepared">The step as it would act now.</param>
    /// <param name="Possible">What can be decided on it as it stands.</param>
    public sealed record ReadDecisions(
        RunbookStep Step, StepStatus Status, PreparedStep Prepared, IReadOnlyList<ApprovalDecision> Possible) : Request
    {
        /// <summary>Whether the decisions were used in time for the step itself, so that their age no longer matters. Default no.</summary>
        public bool WereUsed { get; init; }
    }

    /// <summary>Ask whether the prerequisites of the runbook hold, for the accounts that its steps will use, then decide again. Nothing is stored
    /// yet.</summary>
    public sealed record AskAccess(IReadOnlyDictionary<string, string> Variables) : Request;

    /// <summary>Read the run that this one goes on from, then decide again. Nothing is stored yet.</summary>
    public sealed record ReadParent(string Name) : Request;

    /// <summary>Make the run that goes on in place of this one, if it is not there yet, then decide again. It is made before it is recorded: it is
    /// found again by its name, and does nothing that its own approvals do not allow.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Runbook">Its runbook.</param>
    public sealed record HandOver(string Name, string Runbook) : Request;

    /// <summary>Store the status, do what is to be done, then decide again.</summary>
    public sealed record Again : Request;

    /// <summary>Store the status and wait: to be told, and at the latest for <paramref name="After"/>.</summary>
    public sealed record Wait(TimeSpan? After) : Request;

    /// <summary>Store the status; the run is over.</summary>
    public sealed record Finish : Request;
}

/// <summary>Something done in the world. Doing it again does no more than doing it once.</summary>
public abstract record Deed
{
    private Deed()
    {
    }

    /// <summary>Let the recorded attempt act.</summary>
    /// <param name="Step">The step, or what undoes it.</param>
    /// <param name="Status">The attempt.</param>
    /// <param name="Prepared">What it does.</param>
    /// <param name="Again">Whether it was found recorded: an earlier process may have acted.</param>
    public sealed record Act(RunbookStep Step, StepStatus Status, PreparedStep Prepared, bool Again = false) : Deed
    {
        /// <summary>Which way the attempt goes. Default forward.</summary>
        public StepDirection Direction { get; init; }
    }

    /// <summary>Stop what still runs of the step.</summary>
    public sealed record StopPod(StepStatus Status) : Deed;

    /// <summary>Let the child run of the step start nothing more.</summary>
    public sealed record AbortChild(StepStatus Status) : Deed;
}

/// <summary>Something people must know.</summary>
/// <param name="Warning">Whether it is bad news.</param>
/// <param name="Reason">One of <see cref="Reasons"/>.</param>
/// <param name="Note">A sentence.</param>
public sealed record PlannedEvent(bool Warning, string Reason, string Note);
