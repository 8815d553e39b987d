using RunbookOperator.Api;

namespace RunbookOperator.Cli.Runs;

/// <summary>How far a run may go by itself.</summary>
internal static class RunModes
{
    /// <summary>The mode that a word means, in any case of letters; null for null.</summary>
    /// <exception cref="CliException">It is no mode.</exception>
    public static RunbookMode? Parse(string? word) => word is null ? null
        : Enum.GetNames<RunbookMode>().FirstOrDefault(name => name.Equals(word, StringComparison.OrdinalIgnoreCase)) is { } known
            ? Enum.Parse<RunbookMode>(known)
            : throw new CliException($"--mode takes one of {string.Join(", ", Enum.GetNames<RunbookMode>())}, not '{word}'");

    /// <summary>The mode of a new run: the one asked for, or the highest that the runbook has now.</summary>
    /// <exception cref="CliException">More is asked for than the runbook allows.</exception>
    public static RunbookMode Choose(RunbookMode? asked, Runbook runbook)
    {
        var highest = Highest(runbook);
        return asked is { } mode && mode > highest
            ? throw new CliException($"the runbook {runbook.Metadata.Name} goes no further than {highest}, so a run cannot be {mode}")
            : asked ?? highest;
    }

    // The operator may have lowered it after a failed run.
    private static RunbookMode Highest(Runbook runbook)
    {
        var mode = runbook.Spec.Mode ?? RunbookMode.ReadAlong;
        return Enum.TryParse<RunbookMode>(runbook.Status?.EffectiveMode, out var effective) && effective < mode ? effective : mode;
    }
}
