using System.Collections.Frozen;
using RunbookOperator.Risk.Knowledge;

namespace RunbookOperator.Risk.Languages.Mongo;

/// <summary>What may be called in the shell, as <c>mongo.yaml</c> writes it. Names are case-sensitive.</summary>
internal static class MongoTable
{
    private static readonly FrozenDictionary<string, string> Methods;
    private static readonly FrozenDictionary<string, string> Runs;
    private static readonly FrozenDictionary<string, string> Keys;
    private static readonly FrozenSet<string> Functions;
    private static readonly FrozenSet<string> Objects;

    static MongoTable()
    {
        var table = Tables.Lists("mongo.yaml");
        Methods = WordLists.ByWord(table.Fields("methods"));
        Runs = WordLists.ByWord(table.Fields("runs"));
        Keys = WordLists.ByWord(table.Fields("keys"));
        Functions = WordLists.Set(table, "functions");
        Objects = WordLists.Set(table, "objects");
        table.Done();
    }

    /// <summary>The rule of a method; null if it is not known.</summary>
    public static string? Method(string name) => Methods.GetValueOrDefault(name);

    /// <summary>The rule of a database command, by the first key of its document.</summary>
    public static string? Command(string key) => Runs.GetValueOrDefault(key);

    /// <summary>The rule of a key inside a document; null for all ordinary ones.</summary>
    public static string? Key(string key) => Keys.GetValueOrDefault(key);

    public static bool IsFunction(string name) => Functions.Contains(name);

    public static bool IsObject(string name) => Objects.Contains(name);
}
