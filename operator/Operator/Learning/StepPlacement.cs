using RunbookOperator.Api;

namespace RunbookOperator.Learning;

/// <summary>Where a step belongs that a note speaks of.</summary>
internal static class StepPlacement
{
    /// <summary>The step that had finished last when the note was written; where it is no longer in the runbook, the nearest one before it that
    /// is. Null for the beginning.</summary>
    public static string? After(IncidentNote note, IReadOnlyList<RunbookExecution> executions, RunbookSpec spec)
    {
        var known = spec.Steps.Select(step => step.Name).ToHashSet(StringComparer.Ordinal);
        var finished = executions.SelectMany(run => (run.Status?.Steps ?? []).Select((step, index) => (step, index, run)))
            .Where(place => place.step.FinishedAt is { } at && (note.At is null || at <= note.At))
            .OrderBy(place => place.step.FinishedAt).ThenBy(place => place.index)
            .LastOrDefault();
        return finished.run?.Status?.Steps?.Take(finished.index + 1).LastOrDefault(step => known.Contains(step.Name))?.Name;
    }
}
