using System.Collections.Concurrent;
using RunbookOperator.Actions;
using RunbookOperator.Risk;

namespace RunbookOperator.Policies;

/// <summary>Judges of steps, one for each thing that policies say of programs and images. Safe for many threads.</summary>
/// <param name="actions">The typed actions.</param>
/// <param name="plain">The judge where nothing is said.</param>
internal sealed class StepJudges(ActionCatalog actions, StepJudge plain)
{
    /// <summary>How many are kept: more than there are namespaces that say different things.</summary>
    private const int Kept = 100;

    private readonly ConcurrentDictionary<string, StepJudge> _judges = new(StringComparer.Ordinal);

    /// <summary>The judge that knows what the policy says of programs and images.</summary>
    public StepJudge For(EffectivePolicy policy)
    {
        var images = policy.Images.Value;
        if (policy.Programs.Count == 0 && images.Count == 0)
        {
            return plain;
        }

        var classifier = new RiskClassifier(new SitePrograms(policy.Programs.Select(rule => rule.ToSite())));
        var key = string.Join('\n', images.Order(StringComparer.Ordinal).Prepend(classifier.RuleSetHash));
        if (_judges.TryGetValue(key, out var known))
        {
            return known;
        }

        if (_judges.Count >= Kept)
        {
            _judges.Clear();
        }

        return _judges.GetOrAdd(key, _ => new StepJudge(actions, classifier, images));
    }
}
