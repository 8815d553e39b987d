using RunbookOperator.Api;
using RunbookOperator.Policies;
using RunbookOperator.Risk;

namespace RunbookOperator.Executions;

/// <summary>Everything a decision depends on. Nothing else may influence it.</summary>
public sealed record PlannerInput
{
    /// <summary>The run as it is wanted, with its UID.</summary>
    public required RunbookExecution Execution { get; init; }

    /// <summary>The runbook as it was when the run began.</summary>
    public required RunbookSpec Runbook { get; init; }

    /// <summary>Revision of <see cref="Runbook"/>.</summary>
    public required string Revision { get; init; }

    /// <summary>The status as it is stored.</summary>
    public required RunbookExecutionStatus Status { get; init; }

    /// <summary>What was seen of the world.</summary>
    public required Observed Observed { get; init; }

    /// <summary>What holds in the run's namespace.</summary>
    public required EffectivePolicy Policy { get; init; }

    /// <summary>The time.</summary>
    public required DateTimeOffset Now { get; init; }
}

/// <summary>What was seen of the world in this pass. What was not looked at yet the planner asks for by a <see cref="Request"/>; what was found
/// is added, so that the end of one step and the beginning of the next can be one write.</summary>
public sealed record Observed
{
    /// <summary>Nothing looked at.</summary>
    public static Observed Nothing { get; } = new();

    /// <summary>When all alerts of the incident will have been resolved for long enough; null while one fires, or for a run without alerts.</summary>
    public DateTimeOffset? AlertSettlesAt { get; init; }

    /// <summary>When the run may begin, where a policy limits how many do; null for now.</summary>
    public DateTimeOffset? BeginsAt { get; init; }

    /// <summary>How many services the alerts of the incident are about; 0 for a run without one.</summary>
    public int Services { get; init; }

    /// <summary>A later run that a person started of the same runbook for the same incident; null for none. Asked only of a run that has not
    /// begun.</summary>
    public string? TakenOverBy { get; init; }

    /// <summary>Prerequisites that do not hold, each as a sentence; null if nobody has asked.</summary>
    public IReadOnlyList<string>? Unmet { get; init; }

    /// <summary>The run that this one goes on from.</summary>
    public ParentRun? Parent { get; init; }

    /// <summary>What came of handing over to another run; null if nobody has tried.</summary>
    public HandedOver? HandedOver { get; init; }

    /// <summary>What a rollback run undoes: the run that it goes on from, then earlier rollbacks of that one, oldest first. Default nothing.</summary>
    public IReadOnlyList<RunbookExecution> Undoes { get; init; } = [];

    /// <summary>What became of attempts that are recorded as running.</summary>
    public IReadOnlyList<StepEvidence> Evidence { get; init; } = [];

    /// <summary>Steps that are to start, or for which a decision is awaited, with their values filled in.</summary>
    public IReadOnlyList<PreparedStep> Prepared { get; init; } = [];

    /// <summary>The decisions of people on such steps, read from the API server and judged.</summary>
    public IReadOnlyList<StepDecisions> Decisions { get; init; } = [];
}

/// <summary>What became of a running attempt.</summary>
public abstract record StepEvidence
{
    private StepEvidence()
    {
    }

    /// <summary>Name of the step.</summary>
    public required string Step { get; init; }

    /// <summary>The attempt.</summary>
    public required int Attempt { get; init; }

    /// <summary>Whether it is about the undo of the step. Default no.</summary>
    public bool IsUndo { get; init; }

    /// <summary>It goes on.</summary>
    public sealed record Ongoing : StepEvidence
    {
        /// <summary>What is awaited.</summary>
        public string? Message { get; init; }

        /// <summary>When to look again; null if the operator is told.</summary>
        public TimeSpan? After { get; init; }

        /// <summary>Since when the act is over and its check goes on; null while it acts.</summary>
        public DateTimeOffset? VerifyingSince { get; init; }

        /// <summary>Whether it has been told to start nothing more: of a child run.</summary>
        public bool Stopping { get; init; }
    }

    /// <summary>The attempt was recorded and has for certain not begun: it is to act now.</summary>
    public sealed record NotStarted : StepEvidence;

    /// <summary>It ended.</summary>
    public sealed record Ended : StepEvidence
    {
        /// <summary>Whether it did what it should.</summary>
        public required bool Success { get; init; }

        /// <summary>Whether it has for certain done nothing, so that trying again is no second time.</summary>
        public bool NotDone { get; init; }

        /// <summary>When the act was over, where somebody else knows; null where only this process saw it.</summary>
        public DateTimeOffset? At { get; init; }

        /// <summary>Since when it was checked.</summary>
        public DateTimeOffset? VerifyingSince { get; init; }

        /// <summary>Why not, or a word about it.</summary>
        public string? Message { get; init; }

        /// <summary>Exit code of a command.</summary>
        public int? ExitCode { get; init; }

        /// <summary>The output.</summary>
        public StepText Output { get; init; } = StepText.Empty;
    }

    /// <summary>What it was to touch has changed; it has not acted and is to be prepared again.</summary>
    public sealed record Moved : StepEvidence;

    /// <summary>It may have happened.</summary>
    public sealed record Unknown : StepEvidence
    {
        /// <summary>Why it is not known.</summary>
        public required string Message { get; init; }
    }
}

/// <summary>The run that another one goes on from.</summary>
/// <param name="Steps">Where its steps stand; empty if it is gone.</param>
public sealed record ParentRun(IReadOnlyList<StepStatus> Steps);

/// <summary>What came of handing over.</summary>
/// <param name="Run">Name of the run.</param>
/// <param name="Problem">Why there is none, as a sentence; null if it is there.</param>
public sealed record HandedOver(string Run, string? Problem = null);

/// <summary>Output of a step after redaction.</summary>
/// <param name="Tail">The last part of it.</param>
/// <param name="Truncated">Whether there was more.</param>
/// <param name="Digest">SHA-256 of all of it.</param>
/// <param name="Variables">The variables taken from it.</param>
/// <param name="Secret">Name of an output whose value would have been redacted, or null.</param>
public sealed record StepText(
    string Tail, bool Truncated, string? Digest, IReadOnlyDictionary<string, string> Variables, string? Secret = null)
{
    /// <summary>No output.</summary>
    public static StepText Empty { get; } = new("", false, null, new Dictionary<string, string>());
}

/// <summary>A step with its values filled in, as it would act now.</summary>
public sealed record PreparedStep
{
    /// <summary>Name of the step.</summary>
    public required string Step { get; init; }

    /// <summary>The attempt it was prepared for.</summary>
    public required int Attempt { get; init; }

    /// <summary>Whether it is the undo of the step. Default no.</summary>
    public bool IsUndo { get; init; }

    /// <summary>What holds for this step: in the run's namespace, and in the one that it touches.</summary>
    public required EffectivePolicy Policy { get; init; }

    /// <summary>Risk.</summary>
    public required RiskLevel Risk { get; init; }

    /// <summary>Why, riskiest first.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>The text, or action and inputs.</summary>
    public required string Command { get; init; }

    /// <summary>Values for a command.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Values for a command from keys of Secrets.</summary>
    public IReadOnlyList<SecretVariable> Secrets { get; init; } = [];

    /// <summary>Image that a command runs in; empty for others.</summary>
    public string Image { get; init; } = "";

    /// <summary>Service account; empty for a manual step.</summary>
    public string ServiceAccount { get; init; } = "";

    /// <summary>Digest of all that an approval is about.</summary>
    public required string Digest { get; init; }

    /// <summary>What undoes it.</summary>
    public string? Undo { get; init; }

    /// <summary>Hash of command, values, image, account and risk.</summary>
    public string Plan { get; init; } = "";

    /// <summary>What will undo the step, as far as it is known now, in the same form; null where nothing does, and for an undo.</summary>
    public PreparedStep? UndoneBy { get; init; }

    /// <summary>For an undo: how what the step has set is no longer so, in one sentence; null if all is as the step left it.</summary>
    public string? Moved { get; init; }

    /// <summary>What it touches, for an action that changes something.</summary>
    public System.Text.Json.Nodes.JsonObject? Target { get; init; }

    /// <summary>Text to be typed if it is dangerous.</summary>
    public string? Confirm { get; init; }

    /// <summary>Why it cannot start, as a reason and a sentence; null if it can.</summary>
    public PreparationProblem? Problem { get; init; }
}

/// <summary>A variable with a value from a Secret of the run's namespace.</summary>
/// <param name="Name">Name of the variable.</param>
/// <param name="Secret">Name of the Secret.</param>
/// <param name="Key">Key in it.</param>
public sealed record SecretVariable(string Name, string Secret, string Key);

/// <summary>Why a step cannot start.</summary>
/// <param name="Reason">One of <see cref="Reasons"/>.</param>
/// <param name="Message">A sentence.</param>
public sealed record PreparationProblem(string Reason, string Message);

/// <summary>The decisions on one attempt of one step.</summary>
/// <param name="Step">Name of the step.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="All">The decisions, judged.</param>
public sealed record StepDecisions(string Step, int Attempt, IReadOnlyList<JudgedDecision> All)
{
    /// <summary>Whether they are about the undo of the step. Default no.</summary>
    public bool IsUndo { get; init; }
}

/// <summary>A decision of a person, judged.</summary>
/// <param name="Name">Name of the RunbookApproval.</param>
/// <param name="User">Who.</param>
/// <param name="Decision">What.</param>
/// <param name="At">When, as stamped.</param>
/// <param name="Reason">Why, in the person's words.</param>
/// <param name="State">One of <see cref="ApprovalState"/>.</param>
/// <param name="Message">Why it is void or refused.</param>
public sealed record JudgedDecision(
    string Name, string User, ApprovalDecision Decision, DateTimeOffset At, string? Reason, string State, string? Message)
{
    /// <summary>Whether it counts.</summary>
    public bool Counts => State == ApprovalState.Counted;
}
