namespace RunbookOperator.Actions;

/// <summary>How a dry run speaks of what it did not do.</summary>
internal static class DryRuns
{
    /// <summary>The output of an act, told as what it would have been.</summary>
    public static string Would(string done) => $"dry run, nothing was changed: {done}";
}
