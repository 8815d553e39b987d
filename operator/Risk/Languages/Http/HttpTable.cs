using System.Collections.Frozen;
using RunbookOperator.Risk.Knowledge;

namespace RunbookOperator.Risk.Languages.Http;

/// <summary>What is known of URLs, as <c>http.yaml</c> writes it.</summary>
internal static class HttpTable
{
    private static readonly FrozenDictionary<string, FrozenSet<string>> Lists = TableYaml.Read("http.yaml", Tables.Text("Lists/http.yaml")).Fields!
        .ToFrozenDictionary(pair => pair.Key, pair => TableMap.WordsOf(pair.Value).ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>Whether the list <paramref name="list"/> holds <paramref name="word"/>.</summary>
    public static bool Has(string list, string word) => Lists[list].Contains(word);
}
