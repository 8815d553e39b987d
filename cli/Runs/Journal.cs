using RunbookOperator.Api;

namespace RunbookOperator.Cli.Runs;

/// <summary>Remembers what was told of a run, so that each transition is told once.</summary>
internal sealed class Journal
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private bool _paused;

    /// <summary>What is new in <paramref name="execution"/>, oldest first.</summary>
    public IReadOnlyList<Transition> Read(RunbookExecution execution)
    {
        List<Transition> news = [.. Transitions.Of(execution).Where(transition => _told.Add(transition.Key))];
        var paused = execution.Status?.Phase == ExecutionPhase.Paused;
        if (paused != _paused && !RunOutcome.IsOver(execution.Status))
        {
            // The status keeps no history of pauses: it is told when it is seen.
            var pause = new Transition(paused ? TransitionKind.RunPaused : TransitionKind.RunResumed, At: null);
            news.Insert(paused ? news.Count : 0, pause);
            _paused = paused;
        }

        return news;
    }
}
