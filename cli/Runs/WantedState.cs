using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Cli.Runs;

/// <summary>What a person wants of a run under way: one verb of the command line.</summary>
/// <param name="Verb">The verb.</param>
/// <param name="Past">What is printed after it.</param>
/// <param name="Description">One sentence for people.</param>
/// <param name="State">What is written.</param>
internal sealed record WantedState(string Verb, string Past, string Description, DesiredState State)
{
    /// <summary>The verbs.</summary>
    public static IReadOnlyList<WantedState> All { get; } =
    [
        new("pause", "paused", "Let a run start nothing more for now; what runs finishes.", DesiredState.Paused),
        new("resume", "resumed", "Let a run go on that was paused, or that is at a breakpoint.", DesiredState.Running),
        new("abort", "aborted", "Let a run start nothing more, for good.", DesiredState.Aborted),
    ];

    /// <summary>The changes to write, one after the other. A breakpoint is passed by pausing the run and letting it go on: where it is not paused yet,
    /// both are written.</summary>
    /// <exception cref="CliException">The run is over, or was aborted.</exception>
    public IReadOnlyList<JsonObject> Patches(RunbookExecution execution)
    {
        if (RunOutcome.IsOver(execution.Status))
        {
            throw new CliException($"the run {execution.Metadata.Name} is over: {execution.Status?.Phase}");
        }

        if (execution.Spec.DesiredState == DesiredState.Aborted && State != DesiredState.Aborted)
        {
            throw new CliException($"the run {execution.Metadata.Name} was aborted, which is final; start a new run of {execution.Spec.Runbook.Name}");
        }

        var isPaused = execution.Spec.DesiredState == DesiredState.Paused;
        return State == DesiredState.Running && !isPaused && IsAtBreakpoint(execution.Status) ? [Patch(DesiredState.Paused), Patch(State)] : [Patch(State)];
    }

    /// <summary>The Pods that run for the run now, those of undos as well.</summary>
    public static IEnumerable<string> Pods(RunbookExecutionStatus? status) =>
        (status?.Steps ?? []).SelectMany(step => new[] { step, step.AsUndo() })
            .Where(attempt => attempt is { State: StepState.Running, Pod: not null }).Select(attempt => attempt!.Pod!);

    private static bool IsAtBreakpoint(RunbookExecutionStatus? status) =>
        status?.Steps?.Exists(step => step is { State: StepState.Waiting, Reason: Reasons.Breakpoint or Reasons.Paused }) == true;

    private static JsonObject Patch(DesiredState state) => new() { ["spec"] = new JsonObject { ["desiredState"] = state.ToString() } };
}
