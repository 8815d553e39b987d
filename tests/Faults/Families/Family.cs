using System.Globalization;

namespace RunbookOperator.Faults;

/// <summary>One family of faults.</summary>
internal abstract class Family(string id, string title)
{
    /// <summary>Such as F1.</summary>
    public string Id => id;

    /// <summary>What goes wrong.</summary>
    public string Title => title;

    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<Family> All { get; } =
    [
        new KillAtEveryWrite(), new RandomKills(), new ZombieLeader(), new ApiServerCrashes(), new EtcdTrouble(), new WatchFaults(),
        new StaleReads(), new ForeignWriter(), new AmbiguousAnswers(), new DisorderlyAlerts(), new ClockJumps(), new AlertStorms(),
    ];

    /// <summary>Does it all, and holds what happened against every oracle.</summary>
    public async Task<FamilyResult> RunAsync(Bench bench, int seed, double dose)
    {
        var at = TimeProvider.System.GetUtcNow();
        var (started, before) = (TimeProvider.System.GetTimestamp(), await LoadAsync());
        var trial = new Trial(bench, new Random(seed), dose);
        try
        {
            await RunAsync(trial);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            trial.Fail(exception.ToString());
        }

        if (trial.Fired == 0)
        {
            trial.Fail("no fault has happened, so nothing was shown");
        }

        return new FamilyResult
        {
            Family = id,
            Title = title,
            Seed = seed,
            Dose = dose,
            Fired = trial.Fired,
            Subjects = trial.Subjects,
            Failures = trial.Failures,
            Notes = trial.Notes,
            At = at,
            Seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds,
            LoadBefore = before,
            LoadAfter = await LoadAsync(),
        };
    }

    /// <summary>Does it.</summary>
    protected abstract Task RunAsync(Trial trial);

    private static async Task<double> LoadAsync() =>
        double.Parse((await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0], CultureInfo.InvariantCulture);
}
