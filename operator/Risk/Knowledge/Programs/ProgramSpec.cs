namespace RunbookOperator.Risk.Knowledge.Programs;

/// <summary>Lists of flags that verbs share.</summary>
internal sealed record FlagSet(string[] Flags, IReadOnlyList<KeyValuePair<string, TableValue>> Effects);

/// <summary>A program with its verbs, as its documents describe it.</summary>
internal sealed class ProgramSpec
{
    private ProgramSpec(string name, TableValue value)
    {
        Name = name;
        var map = new TableMap(value);
        _ = (map.Take("program"), map.Take("like"), map.Take("adds"));
        Class = map.Text("class");
        Sets = map.Fields("sets").ToDictionary(field => field.Key, field => ReadSet(field.Value), StringComparer.Ordinal);
        VerbOperands = map.Take("verbOperands") is { } operands ? OperandSpec.ReadAll(operands) : [];
        var table = new VerbTable();
        string[] own = ["program", "like", "adds", "class", "sets", "verbOperands"];
        table.Add([new("", value with { Fields = [.. value.Fields!.Where(field => !own.Contains(field.Key))] })]);
        var root = table.Find("")!;
        root.Link(root);
        Root = new VerbSpec(this, root, null);
    }

    /// <summary>The name it was asked for by.</summary>
    public string Name { get; }

    /// <summary>The name of the code that takes the place of the table's own judging; empty for most.</summary>
    public string Class { get; }

    /// <summary>Lists of flags that verbs share.</summary>
    public IReadOnlyDictionary<string, FlagSet> Sets { get; }

    /// <summary>The operands of verbs that do not say what theirs are.</summary>
    public IReadOnlyList<OperandSpec> VerbOperands { get; }

    /// <summary>What the program does without a verb.</summary>
    public VerbSpec Root { get; }

    /// <summary>Reads what <paramref name="index"/> holds about a program; null if it is nothing.</summary>
    public static ProgramSpec? Read(TableIndex index, string name) => Value(index, name) is { } value ? new ProgramSpec(name, value) : null;

    private static TableValue? Value(TableIndex index, string name)
    {
        TableValue? whole = null;
        // The document that stands for itself comes before those that add to it.
        foreach (var document in index.Of(name).Select(document => document.Read()).OrderBy(Adds))
        {
            if (whole is not null && !Adds(document))
            {
                throw document.Error($"`{name}` is described twice; what only adds to it says `adds: true`");
            }

            var like = document.Fields?.FirstOrDefault(field => field.Key == "like").Value?.Text;
            var below = like is null ? whole : Value(index, like) ?? throw document.Error($"there is no program `{like}`");
            whole = below is null ? document : TableMerge.Of(below, document);
        }

        return whole;
    }

    private static bool Adds(TableValue document) => document.Fields?.Any(field => field is { Key: "adds", Value.Text: "true" }) ?? throw document.Error("a document is a map");

    private static FlagSet ReadSet(TableValue value)
    {
        if (value.Text is not null)
        {
            return new FlagSet(TableMap.WordsOf(value), []);
        }

        var map = new TableMap(value);
        var set = new FlagSet(map.Words("flags"), map.Fields("on"));
        map.Done();
        return set;
    }
}
