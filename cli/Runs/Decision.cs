using RunbookOperator.Api;

namespace RunbookOperator.Cli.Runs;

/// <summary>A verb that decides on one step.</summary>
/// <param name="Verb">What is typed.</param>
/// <param name="Kind">What is written.</param>
/// <param name="Past">What is printed once it is written.</param>
/// <param name="Description">For the help.</param>
internal sealed record Decision(string Verb, ApprovalDecision Kind, string Past, string Description)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Decision> All { get; } =
    [
        new("approve", ApprovalDecision.Approve, "approved", "Let a step act."),
        new("reject", ApprovalDecision.Reject, "rejected", "Say no: the run ends."),
        new("skip", ApprovalDecision.Skip, "skipped", "Go on without a step."),
        new("done", ApprovalDecision.MarkDone, "marked done", "Say that you have done a step yourself."),
        new("retry", ApprovalDecision.Retry, "retried", "Try a step again of which nobody knows whether it happened."),
    ];

    /// <summary>Whether the step acts because of it, so that a dangerous one needs the typed text. A retry makes a new attempt, which waits anew.</summary>
    public bool LetsAct => Kind == ApprovalDecision.Approve;

    /// <summary>The past of a decision as the status of a run names it.</summary>
    public static string PastOf(string kind) =>
        All.FirstOrDefault(decision => decision.Kind.ToString() == kind)?.Past ?? kind;
}
