using System.Collections.Concurrent;

namespace RunbookOperator.Risk.Knowledge;

/// <summary>The rules with the words that findings are made of. Those of a family are read when the first of them is asked for.</summary>
internal static class RuleBook
{
    private const string Folder = "Rules";

    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, Entry>> Families = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, Entry> Known = new(StringComparer.Ordinal);

    /// <summary>A rule; <paramref name="Says"/> is the end of a sentence that begins with the thing that was found.</summary>
    internal sealed record Entry(RiskRule Rule, string Says);

    /// <summary>All rules, ordered by id.</summary>
    public static IReadOnlyList<RiskRule> All => [.. Names().SelectMany(family => Family(family).Values).Select(entry => entry.Rule).OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    /// <summary>The level of the rule <paramref name="id"/>.</summary>
    public static RiskLevel Level(string id) => Of(id).Rule.Level;

    /// <summary>The end of the sentence of the rule <paramref name="id"/>.</summary>
    public static string Says(string id) => Of(id).Says;

    /// <summary>Whether there is such a rule.</summary>
    public static bool Exists(string id) => id.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
        && Tables.Exists($"{Folder}/{id[..dot]}.yaml") && Family(id[..dot]).ContainsKey(id);

    private static IEnumerable<string> Names() => Tables.In(Folder).Select(name => Path.GetFileNameWithoutExtension(name)!);

    private static Entry Of(string id) => Known.GetOrAdd(id, static id =>
        id.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && Family(id[..dot]).TryGetValue(id, out var entry)
            ? entry
            : throw new InvalidDataException($"There is no rule {id}."));

    private static IReadOnlyDictionary<string, Entry> Family(string name) => Families.GetOrAdd(name, Read);

    private static Dictionary<string, Entry> Read(string family)
    {
        var entries = new Dictionary<string, Entry>(StringComparer.Ordinal);
        var file = $"{Folder}/{family}.yaml";
        foreach (var item in TableYaml.Read(file, Tables.Text(file)).Items ?? [])
        {
            var map = new TableMap(item);
            var (id, title, says, explanation) = (map.Text("id"), map.Text("title"), map.Text("says"), map.Text("explanation"));
            if (!RiskLevels.TryParse(map.Text("level"), out var level))
            {
                throw item.Error($"the rule {id} has no level");
            }

            map.Done();
            if (!id.StartsWith(family + ".", StringComparison.Ordinal) || !entries.TryAdd(id, new Entry(new RiskRule(id, title, level, explanation), says)))
            {
                throw item.Error($"the rule {id} does not belong here, or stands twice");
            }
        }

        return entries;
    }
}
