using System.Collections.Frozen;
using RunbookOperator.Risk.Knowledge;

namespace RunbookOperator.Risk.Languages.Redis;

/// <summary>Every command of Redis, as <c>redis.yaml</c> writes it.</summary>
internal static class RedisTable
{
    private static readonly FrozenDictionary<string, string> Rules;
    private static readonly FrozenDictionary<string, string> Forms;
    private static readonly FrozenSet<string> Settings;

    static RedisTable()
    {
        var table = Tables.Lists("redis.yaml");
        Rules = WordLists.ByWord(table.Fields("commands")).ToFrozenDictionary(pair => pair.Key.Replace('%', ' '), pair => pair.Value, StringComparer.Ordinal);
        Forms = table.Fields("forms").ToFrozenDictionary(pair => pair.Key, pair => pair.Value.Text!, StringComparer.Ordinal);
        Settings = WordLists.Set(table, "settings");
        Secrets = table.Words("secrets");
        table.Done();
    }

    /// <summary>Names of settings that hold secrets.</summary>
    public static IReadOnlyList<string> Secrets { get; }

    /// <summary>All commands that are known, those with subcommands as two words.</summary>
    public static IEnumerable<string> Names => Rules.Keys;

    /// <summary>The rule of a command, given with the subcommand behind it; how many words name it, and how it must be read further, if it must.</summary>
    public static (string Rule, int Words, string? Form)? Find(string command, string subcommand)
    {
        var both = $"{command} {subcommand}";
        if (Rules.TryGetValue(both, out var rule) || Forms.ContainsKey(both))
        {
            return (rule ?? "redis.unknown", 2, Forms.GetValueOrDefault(both));
        }

        if (Rules.TryGetValue(command, out rule) || Forms.ContainsKey(command))
        {
            return (rule ?? "redis.unknown", 1, Forms.GetValueOrDefault(command));
        }

        return null;
    }

    /// <summary>Whether the setting may be changed within bounds.</summary>
    public static bool IsHarmless(string setting) => Settings.Contains(setting);
}
