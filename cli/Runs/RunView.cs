using System.Globalization;
using RunbookOperator.Api;
using RunbookOperator.Cli.Rendering;

namespace RunbookOperator.Cli.Runs;

/// <summary>A run as lines for people. Pure: what is printed depends on the arguments alone.</summary>
/// <param name="Paint">Colours.</param>
/// <param name="Zone">The time zone that times are shown in.</param>
/// <param name="Program">How the program is started, for the commands that are shown.</param>
/// <param name="Flags">Flags about the cluster for those commands, each with a space before it.</param>
internal sealed record RunView(Paint Paint, TimeZoneInfo Zone, string Program, string Flags)
{
    private const string Indent = "            ";

    /// <summary>The line above all others.</summary>
    public string Header(RunbookExecution execution)
    {
        var spec = execution.Spec;
        var incident = spec.Incident is { } name ? $", incident {Plain.Line(name)}" : "";
        var user = spec.Trigger.User is { } by ? $" by {Plain.Line(by)}" : "";
        var since = execution.Status?.StartedAt ?? execution.Metadata.CreationTimestamp;
        var day = since is { } at ? $", {TimeZoneInfo.ConvertTime(at, Zone).ToString("yyyy-MM-dd zzz", CultureInfo.InvariantCulture)}" : "";
        return $"{Paint.Bold(Plain.Line(execution.Metadata.Name))}: runbook {Plain.Line(spec.Runbook.Name)}, mode {spec.Mode}, "
            + $"started {Starter(spec.Trigger)}{user}{incident}{day}{(spec.DryRun == true ? ", dry run: nothing is changed" : "")}";
    }

    /// <summary>The lines for one transition.</summary>
    /// <param name="execution">The run as it was when the transition was seen.</param>
    /// <param name="transition">What happened.</param>
    /// <param name="now">The time shown where the status gives none.</param>
    public IEnumerable<string> Lines(RunbookExecution execution, Transition transition, DateTimeOffset now)
    {
        var time = TimeZoneInfo.ConvertTime(transition.At ?? now, Zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        var place = transition.Step is { } step ? $"{(transition.IsUndo ? "undo of " : "")}{Transitions.Place(execution.Status!, step.Name)} {Paint.Bold(Plain.Line(step.Name))}  " : "";
        yield return $"{Paint.Faint(time)}  {place}{Summary(execution, transition)}";
        foreach (var line in Details(execution, transition))
        {
            yield return Indent + line;
        }
    }

    /// <summary>The command that decides on a step, to be typed as it stands.</summary>
    public string CommandFor(string verb, RunbookExecution execution, StepStatus step) =>
        $"{Program} {verb} {ShellWord.Quote(execution.Metadata.Name!)} {ShellWord.Quote(step.Name)}{Flags}";

    private string Summary(RunbookExecution execution, Transition transition) => transition.Kind switch
    {
        TransitionKind.RunStarted => "run started",
        TransitionKind.RunGoesBack => $"run goes back: {Plain.Line(execution.Status!.Rollback?.Message)}",
        TransitionKind.RunPaused => "run paused: nothing more starts",
        TransitionKind.RunResumed => "run goes on",
        TransitionKind.RunEnded => Ended(execution.Status!),
        TransitionKind.StepWaiting => IsWaiting(transition) ? $"waits for a person{Risk(transition.Step!)}" : "waited for a person",
        TransitionKind.StepRunning => $"runs{Risk(transition.Step!)}",
        TransitionKind.StepVerifying => "acted; checking that it worked",
        TransitionKind.Decided => Decided(transition.Approval!),
        _ => transition.IsUndo ? UndoEnded(transition.Step!) : StepEnded(transition.Step!),
    };

    private static string Starter(ExecutionTrigger trigger) => trigger.Type switch
    {
        TriggerType.Alert => "by an alert",
        TriggerType.Drill => "as a drill",
        TriggerType.Rollback => $"to undo {Plain.Line(trigger.Parent)}",
        _ => "by hand",
    };

    private IEnumerable<string> Details(RunbookExecution execution, Transition transition) => transition.Kind switch
    {
        TransitionKind.StepWaiting when IsWaiting(transition) => [.. StepView.Lines(transition.Step!, Paint), .. Choices(execution, transition)],
        TransitionKind.StepRunning => Plain.Lines(transition.Step!.Command),
        TransitionKind.StepEnded => [.. Clip.Output(transition.Step!.Output, transition.Step.Truncated == true), .. Choices(execution, transition)],
        _ => [],
    };

    // The first is the usual answer; it stands alone so that it can be copied.
    private IEnumerable<string> Choices(RunbookExecution execution, Transition transition)
    {
        var step = transition.Step!;
        string[] verbs = step.State switch
        {
            StepState.Failed or StepState.Unknown when transition.IsUndo => ["retry", "done", "skip", "reject"],
            StepState.Waiting when transition.IsUndo => execution.Spec.Mode == RunbookMode.ReadAlong ? ["done", "skip", "reject"] : ["approve", "done", "skip", "reject"],
            StepState.Unknown when WaitingStep.GoesBack(execution) => [],
            StepState.Unknown => ["retry", "done", "skip", "reject"],
            StepState.Waiting when IsForPerson(execution, step) => ["done", "skip", "reject"],
            StepState.Waiting => ["approve", "skip", "reject"],
            _ => [],
        };
        if (verbs is [var first, .. var others])
        {
            yield return $"{"type",-9}{CommandFor(first, execution, step)}";
            yield return $"{"or",-9}{string.Join(", ", others)}";
        }
    }

    private string Ended(RunbookExecutionStatus status)
    {
        var phase = Plain.Line(status.Phase?.ToLowerInvariant() ?? "over");
        var message = RunOutcome.Message(status) is { Length: > 0 } text ? $": {Plain.Line(text)}" : "";
        var word = $"run {phase}";
        return (RunOutcome.ExitCodeOf(status) == ExitCode.Success ? Paint.Good(word) : Paint.Bad(word)) + message;
    }

    private string StepEnded(StepStatus step)
    {
        var took = step is { StartedAt: { } from, FinishedAt: { } to, State: not StepState.Skipped } && to >= from ? $" after {Duration.Of(to - from)}" : "";
        var code = step.ExitCode is { } exit and not 0 ? $" with exit code {exit}" : "";
        var message = string.IsNullOrEmpty(step.Message) ? "" : $": {Plain.Line(step.Message)}";
        return step.State switch
        {
            StepState.Succeeded => $"{Paint.Good("succeeded")}{took}{message}",
            StepState.Unknown => $"{Paint.Bad("may have happened")}{message}",
            // "skipped by riley" says it already.
            StepState.Skipped when step.Message?.StartsWith("skipped", StringComparison.Ordinal) == true => Paint.Faint(Plain.Line(step.Message)),
            StepState.Skipped => $"{Paint.Faint("skipped")}{message}",
            StepState.RolledBack => $"{Paint.Faint("was done")}{took}{message}",
            _ => $"{Paint.Bad(Plain.Line(step.State.ToLowerInvariant()))}{took}{code}{message}",
        };
    }

    private string UndoEnded(StepStatus undo) => undo.State switch
    {
        StepState.Succeeded => Paint.Good("undone") + (string.IsNullOrEmpty(undo.Message) ? "" : $": {Plain.Line(undo.Message)}"),
        StepState.Skipped => Paint.Faint(Plain.Line(undo.Message)),
        _ => Paint.Bad(Plain.Line(undo.Message)),
    };

    private string Risk(StepStatus step) => step.Risk is null ? "" : $" ({Paint.Risk(step.Risk)})";

    private static string Decided(StepApproval approval)
    {
        var reason = string.IsNullOrEmpty(approval.Reason) ? "" : $": {Plain.Line(approval.Reason)}";
        return $"{Decision.PastOf(Plain.Line(approval.Decision))} by {Plain.Line(approval.User)}{reason}";
    }

    private static bool IsWaiting(Transition transition) => transition.Step!.State == StepState.Waiting;

    // Manual steps act as nobody, and in ReadAlong a person does every step.
    private static bool IsForPerson(RunbookExecution execution, StepStatus step) =>
        execution.Spec.Mode == RunbookMode.ReadAlong || WaitingStep.IsManual(step);
}
