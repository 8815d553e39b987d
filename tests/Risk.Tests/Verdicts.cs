namespace RunbookOperator.Risk.Tests;

/// <summary>What tables of commands are checked by.</summary>
internal static class Verdicts
{
    private static readonly RiskClassifier Classifier = new();

    /// <summary>The verdict has the level, and the rule is among those that give it.</summary>
    public static void Require(RiskLevel level, string rule, string command)
    {
        var verdict = Classifier.Classify(command);
        Assert.True(level == verdict.Level, $"{verdict.Level} by {string.Join(", ", verdict.Reasons)}");
        Assert.Contains(rule, verdict.Reasons.Where(reason => reason.Level == level).Select(reason => reason.Rule));
    }
}
