namespace RunbookOperator.Risk.Knowledge;

/// <summary>A verb of a program with the verbs below it.</summary>
internal sealed class VerbTree
{
    private readonly Dictionary<string, VerbTree> _children = new(StringComparer.Ordinal);

    private VerbTree(string path, FlagTable flags)
    {
        Path = path;
        Flags = flags;
    }

    /// <summary>The words that lead here, without the program; empty at the root.</summary>
    public string Path { get; }

    /// <summary>What the verb does; empty for the root and for groups.</summary>
    public string Rule { get; private set; } = "";

    /// <summary>The flags it knows, those of the program included.</summary>
    public FlagTable Flags { get; private set; }

    /// <summary>What its flags add.</summary>
    public Dictionary<string, string> FlagRules { get; } = new(StringComparer.Ordinal);

    /// <summary>Its flags whose value is a file that is written.</summary>
    public HashSet<string> Writes { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether it honours <c>--dry-run</c>.</summary>
    public bool DryRun { get; private init; }

    /// <summary>Flags with which it does not.</summary>
    public HashSet<string> DryRunUnless { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether verbs stand below.</summary>
    public bool HasChildren => _children.Count > 0;

    /// <summary>The verb below with this name.</summary>
    public VerbTree? Child(string name) => _children.GetValueOrDefault(name);

    /// <summary>The tree of a program from its tables; the first holds the flags of all verbs.</summary>
    public static VerbTree Build(params ReadOnlySpan<ProgramTable> tables)
    {
        var main = tables[0];
        var root = new VerbTree("", new FlagTable(null, [main.Flags]));
        foreach (var table in tables)
        {
            // Groups come before what is in them.
            foreach (var (path, entry) in table.Verbs.OrderBy(pair => pair.Key.Count(c => c == ' ')))
            {
                root.Add(path, entry, main, root.Flags);
            }
        }

        return root;
    }

    private void Add(string path, VerbEntry entry, ProgramTable main, FlagTable global)
    {
        var words = path.Split(' ');
        var parent = words[..^1].Aggregate(this, (at, word) => at._children[word]);
        var declared = entry.Sets.Select(set => main.Sets[set]).Append(entry.Flags);
        var verb = new VerbTree(path, new FlagTable(global, declared)) { Rule = entry.Rule, DryRun = entry.DryRun };
        foreach (var (flag, rule) in main.FlagRules.Concat(entry.FlagRules))
        {
            verb.FlagRules[flag] = rule;
        }

        verb.Writes.UnionWith(main.Writes);
        verb.Writes.UnionWith(entry.Writes);
        verb.DryRunUnless.UnionWith(entry.DryRunUnless);
        foreach (var name in entry.Aliases.Append(words[^1]))
        {
            parent._children[name] = verb;
        }
    }
}
