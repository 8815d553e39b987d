using System.Collections.Frozen;

namespace RunbookOperator.Risk.Knowledge;

/// <summary>The rules with the words that findings are made of.</summary>
internal static class RuleBook
{
    /// <summary>A rule as the table writes it.</summary>
    internal sealed record Entry
    {
        public string Id { get; init; } = "";

        public string Title { get; init; } = "";

        public string Level { get; init; } = "";

        /// <summary>The end of a sentence that begins with the thing that was found.</summary>
        public string Says { get; init; } = "";

        public string Explanation { get; init; } = "";
    }

    private static readonly List<Entry> Entries = Tables.Read<List<Entry>>("rules.yaml");

    private static readonly FrozenDictionary<string, Entry> ById = Entries.ToFrozenDictionary(entry => entry.Id, StringComparer.Ordinal);

    /// <summary>All rules, ordered by id.</summary>
    public static IReadOnlyList<RiskRule> All { get; } =
        [.. Entries.Select(entry => new RiskRule(entry.Id, entry.Title, LevelOf(entry), entry.Explanation)).OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    private static readonly FrozenDictionary<string, RiskLevel> Levels = All.ToFrozenDictionary(rule => rule.Id, rule => rule.Level, StringComparer.Ordinal);

    /// <summary>The level of the rule <paramref name="id"/>.</summary>
    public static RiskLevel Level(string id) => Levels[id];

    /// <summary>The end of the sentence of the rule <paramref name="id"/>.</summary>
    public static string Says(string id) => ById[id].Says;

    private static RiskLevel LevelOf(Entry entry) =>
        RiskLevels.TryParse(entry.Level, out var level) ? level : throw new InvalidDataException($"Rule {entry.Id} has no level.");
}
