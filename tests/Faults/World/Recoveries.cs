using RunbookOperator.TestKit;

namespace RunbookOperator.Faults;

/// <summary>How long it takes, once a fault is over, until runs end again. More than half a minute breaks a promise.</summary>
internal sealed class Recoveries(Trial trial, Lanes lanes)
{
    /// <summary>Within this the operator must be back at work.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly List<double> _seconds = [];

    /// <summary>Waits until a story has ended that had not when this was called.</summary>
    public async Task AwaitAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        var played = lanes.Played;
        await Eventually.UntilAsync("a run ends after the fault", Patience, () => Task.FromResult(lanes.Played > played));
        var took = TimeProvider.System.GetElapsedTime(started);
        _seconds.Add(took.TotalSeconds);
        if (took > Bound)
        {
            trial.Fail($"the next run ended {took.TotalSeconds:0} s after the fault was over");
        }
    }

    public string Summary() => _seconds.Count == 0 ? "none" : $"the next run ended {_seconds.Order().ElementAt(_seconds.Count / 2):0.0} s (median), {_seconds.Max():0.0} s (most)";
}
