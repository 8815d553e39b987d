using RunbookOperator.Api;

namespace RunbookOperator.Faults;

/// <summary>Plays stories in all lanes of an arena, one after the other in each, until told to stop: the load under which faults happen.</summary>
internal sealed class Lanes : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Story _story;
    private readonly Task _playing;
    private readonly bool _mayDoubt;
    private readonly Trial _trial;
    private int _played;

    /// <param name="trial">What is tried.</param>
    /// <param name="arena">Where.</param>
    /// <param name="sender">Who sends the alerts.</param>
    /// <param name="patience">How long a story may take.</param>
    /// <param name="mayDoubt">Whether the faults are of a kind after which nobody can know whether a step happened, such as an API server that does
    /// not answer. Otherwise such a step fails the trial: a killed operator is no reason.</param>
    public Lanes(Trial trial, Arena arena, AlertSender sender, TimeSpan patience, bool mayDoubt = false)
    {
        _trial = trial;
        _mayDoubt = mayDoubt;
        _story = new Story(trial.Bench, arena, sender, patience);
        _playing = Task.WhenAll(Enumerable.Range(0, arena.Lanes).Select(lane => Task.Run(() => PlayAsync(trial, _story, lane))));
    }

    /// <summary>How many steps were left to a person because nobody could know whether they had happened.</summary>
    public int Unknown => _story.Unknown.Count;

    /// <summary>How many stories have ended.</summary>
    public int Played => _played;

    /// <summary>Starts no more stories, and waits until those that are under way have ended.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> FinishAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        await _stop.CancelAsync();
        await _playing;
        if (Unknown > 0 && !_mayDoubt)
        {
            _trial.Fail($"{Unknown} steps became Unknown without need: {string.Join("; ", _story.Unknown.Keys.Take(3))}");
        }

        return TimeProvider.System.GetElapsedTime(started);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _playing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task PlayAsync(Trial trial, Story story, int lane)
    {
        for (var i = 1; !_stop.IsCancellationRequested; i++)
        {
            try
            {
                var run = await story.PlayAsync($"s{lane}x{i}", lane);
                if (run.Status!.Phase != ExecutionPhase.Succeeded)
                {
                    trial.Fail($"{run.Metadata.Name} ended as {run.Status.Phase}: {string.Join(", ", run.Status.Steps!.Select(static step => $"{step.Name} {step.State} {step.Message}"))}");
                }

                trial.Subject();
                Interlocked.Increment(ref _played);
            }
            catch (TimeoutException exception)
            {
                trial.Fail(exception.Message);
                return;
            }
        }
    }
}
