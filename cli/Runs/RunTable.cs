using RunbookOperator.Api;
using RunbookOperator.Cli.Rendering;

namespace RunbookOperator.Cli.Runs;

/// <summary>Runs as a table, with the columns of <c>kubectl get rbx</c>. Pure.</summary>
internal static class RunTable
{
    private static readonly string[] Headings = ["NAME", "RUNBOOK", "PHASE", "STEP", "RISK", "WAITING", "INCIDENT", "AGE"];
    private static readonly string[] More = ["MODE", "TRIGGER", "APPROVED-BY", "MESSAGE"];

    private static readonly string[] Phases =
    [
        ExecutionPhase.Pending, ExecutionPhase.Running, ExecutionPhase.WaitingForApproval, ExecutionPhase.Paused, ExecutionPhase.RollingBack,
        ExecutionPhase.Succeeded, ExecutionPhase.Failed, ExecutionPhase.RolledBack, ExecutionPhase.Aborted, ExecutionPhase.Escalated,
    ];

    /// <summary>The phase that a word means, in any case of letters; null for null.</summary>
    /// <exception cref="CliException">It is no phase.</exception>
    public static string? Phase(string? word) => word is null ? null
        : Array.Find(Phases, phase => phase.Equals(word, StringComparison.OrdinalIgnoreCase))
            ?? throw new CliException($"--phase takes one of {string.Join(", ", Phases)}, not '{word}'{Nearest.Hint(word, Phases)}");

    /// <summary>The runs asked for: those in <paramref name="phase"/>, or without one those that are not over. Whom people keep waiting stands first, the
    /// longest wait above; then the newest.</summary>
    public static IReadOnlyList<RunbookExecution> Choose(IEnumerable<RunbookExecution> runs, string? phase, string? incident) =>
    [
        .. runs.Where(run => phase is null ? !RunOutcome.IsOver(run.Status) : PhaseOf(run) == phase)
            .Where(run => incident is null || run.Spec.Incident == incident)
            .OrderBy(run => run.Status?.WaitingSince ?? DateTimeOffset.MaxValue)
            .ThenByDescending(run => run.Metadata.CreationTimestamp)
            .ThenBy(run => run.Metadata.Name, StringComparer.Ordinal),
    ];

    /// <summary>The lines of the table.</summary>
    public static IEnumerable<string> Lines(IEnumerable<RunbookExecution> runs, bool wide, DateTimeOffset now) =>
        Table.Lines(wide ? [.. Headings, .. More] : Headings, runs.Select(run => Row(run, wide, now)));

    private static string?[] Row(RunbookExecution run, bool wide, DateTimeOffset now)
    {
        var status = run.Status;
        string?[] cells =
        [
            run.Metadata.Name, run.Spec.Runbook.Name, PhaseOf(run), status?.Step, status?.Risk,
            status?.WaitingSince is { } since ? Age.Of(since, now) : null,
            run.Spec.Incident,
            run.Metadata.CreationTimestamp is { } created ? Age.Of(created, now) : null,
        ];
        return wide
            ? [.. cells, run.Spec.Mode.ToString(), run.Spec.Trigger.Type.ToString(), status?.ApprovedBy, status is null ? null : RunOutcome.Message(status)]
            : cells;
    }

    // One that nobody has looked at yet.
    private static string PhaseOf(RunbookExecution run) => run.Status?.Phase ?? ExecutionPhase.Pending;
}
