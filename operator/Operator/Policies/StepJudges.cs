using System.Collections.Concurrent;
using RunbookOperator.Actions;
using RunbookOperator.Risk;

namespace RunbookOperator.Policies;

/// <summary>Judges of steps, one for each thing that policies say of programs. Safe for many threads.</summary>
/// <param name="actions">The typed actions.</param>
/// <param name="plain">The judge where nothing is said.</param>
internal sealed class StepJudges(ActionCatalog actions, StepJudge plain)
{
    /// <summary>How many are kept: more than there are namespaces that say different things.</summary>
    private const int Kept = 100;

    private readonly ConcurrentDictionary<string, StepJudge> _judges = new(StringComparer.Ordinal);

    /// <summary>The judge that knows what the policy says of programs.</summary>
    public StepJudge For(EffectivePolicy policy)
    {
        if (policy.Programs.Count == 0)
        {
            return plain;
        }

        var classifier = new RiskClassifier(new SitePrograms(policy.Programs.Select(rule => rule.ToSite())));
        if (_judges.TryGetValue(classifier.RuleSetHash, out var known))
        {
            return known;
        }

        if (_judges.Count >= Kept)
        {
            _judges.Clear();
        }

        return _judges.GetOrAdd(classifier.RuleSetHash, _ => new StepJudge(actions, classifier));
    }
}
