using RunbookOperator.Api;
using RunbookOperator.Documents.Yaml;

namespace RunbookOperator.Documents.Validation;

/// <summary>Triggers: matchers that can be read, and that do not fit everything.</summary>
internal static class TriggerRules
{
    private static readonly Dictionary<string, string> NoLabels = [];

    public static void Check(ValidationContext context)
    {
        for (var i = 0; i < (context.Spec.Triggers?.Count ?? 0); i++)
        {
            var path = $"spec.triggers[{i}].alert.matchers";
            if (context.Spec.Triggers![i].Alert is not { Matchers: var texts })
            {
                continue;
            }

            var matchers = new List<Matcher>();
            for (var j = 0; j < texts.Count; j++)
            {
                if (Matcher.TryParse(texts[j], out var matcher, out var error))
                {
                    matchers.Add(matcher);
                }
                else
                {
                    context.Error(RuleIds.Matcher, $"{path}[{j}]", $"the matcher {ProblemList.Quote(texts[j])} cannot be read: {error}");
                }
            }

            if (matchers.Count == texts.Count && matchers.TrueForAll(matcher => matcher.Matches(NoLabels)))
            {
                context.Warning(RuleIds.MatchesAll, path, "the matchers fit an alert without any labels; name the alert");
            }
        }
    }
}
