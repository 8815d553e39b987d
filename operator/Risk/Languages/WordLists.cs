using System.Collections.Frozen;
using RunbookOperator.Risk.Knowledge;

namespace RunbookOperator.Risk.Languages;

/// <summary>Reads the word lists of a language's table.</summary>
internal static class WordLists
{
    /// <summary>From lists of words by rule, the rule of each word. A word that stands under two rules has the riskier one.</summary>
    public static FrozenDictionary<string, string> ByWord(IReadOnlyList<KeyValuePair<string, TableValue>> byRule)
    {
        var rules = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (rule, words) in byRule)
        {
            foreach (var word in TableMap.WordsOf(words))
            {
                rules[word] = rules.TryGetValue(word, out var other) && RuleBook.Level(other) > RuleBook.Level(rule) ? other : rule;
            }
        }

        return rules.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The words of <paramref name="key"/> as a set.</summary>
    public static FrozenSet<string> Set(TableMap map, string key) => map.Words(key).ToFrozenSet(StringComparer.Ordinal);
}
