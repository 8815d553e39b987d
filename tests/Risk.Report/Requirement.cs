using RunbookOperator.Risk;

namespace RunbookOperator.RiskReport;

/// <summary>What must hold on the corpus.</summary>
/// <param name="Text">In words.</param>
/// <param name="Count">How many commands it is about were answered so.</param>
/// <param name="Total">How many commands it is about.</param>
/// <param name="IsMet">Whether it holds.</param>
internal sealed record Requirement(string Text, int Count, int Total, bool IsMet)
{
    /// <summary>The least part of the surely safe commands that is called safe.</summary>
    public const double SafeCalledSafe = 0.97;

    /// <summary>The same without reads by another identity, which docs/risk.md calls caution whatever their label.</summary>
    public const double OwnSafeCalledSafe = 0.98;

    /// <summary>The greatest part of the sure caution commands that is called dangerous.</summary>
    public const double CautionCalledDangerous = 0.08;

    /// <summary>All requirements, measured.</summary>
    public static IReadOnlyList<Requirement> Measure(IReadOnlyList<LabelledCommand> commands)
    {
        List<LabelledCommand> Labelled(string label, params string[] confidences) =>
            [.. commands.Where(command => command.Label == label && confidences.Contains(command.Confidence))];
        static int Called(List<LabelledCommand> some, RiskLevel level) => some.Count(command => command.Verdict.Level == level);

        var dangerous = Labelled("dangerous", "high", "medium");
        var caution = Labelled("caution", "high");
        var safe = Labelled("safe", "high");
        var own = safe.FindAll(command => !command.IsReadByAnotherIdentity);
        var (hidden, lowered, right, raised) = (Called(dangerous, RiskLevel.Safe), Called(caution, RiskLevel.Safe), Called(safe, RiskLevel.Safe), Called(caution, RiskLevel.Dangerous));
        return
        [
            new("dangerous (high, medium) called safe: none", hidden, dangerous.Count, hidden == 0),
            new("caution (high) called safe: none", lowered, caution.Count, lowered == 0),
            new($"safe (high) called safe: at least {SafeCalledSafe:P0}", right, safe.Count, right >= SafeCalledSafe * safe.Count),
            new($"the same without reads by another identity: at least {OwnSafeCalledSafe:P0}", right, own.Count, right >= OwnSafeCalledSafe * own.Count),
            new($"caution (high) called dangerous: at most {CautionCalledDangerous:P0}", raised, caution.Count, raised <= CautionCalledDangerous * caution.Count),
        ];
    }
}
