namespace RunbookOperator.Risk.Knowledge.Programs;

/// <summary>The verbs of a program as its tables write them: <c>rollout status</c> and nested maps come to the same.</summary>
internal sealed class VerbTable
{
    private readonly Dictionary<string, VerbTable> _words = new(StringComparer.Ordinal);
    private readonly List<(WordPattern Pattern, int Length, VerbTable Verb)> _patterns = [];

    // Where the verbs are that do not stand here.
    private VerbTable? _like;

    /// <summary>What the table says of this verb; null for a word that only leads to others.</summary>
    public TableValue? Value { get; private set; }

    /// <summary>The first spelling of the last word.</summary>
    public string Word { get; private init; } = "";

    /// <summary>The path of the verb that this one is another name of, or null.</summary>
    public string? SameAs { get; private set; }

    /// <summary>Whether verbs stand below.</summary>
    public bool HasVerbs => _words.Count > 0 || _patterns.Count > 0 || _like is { HasVerbs: true };

    /// <summary>All verbs right below, each once.</summary>
    public IEnumerable<VerbTable> All => _words.Values.Concat(_patterns.Select(pattern => pattern.Verb)).Distinct();

    /// <summary>The verb below: by its name, or by the longest pattern that fits.</summary>
    public VerbTable? Find(string word) =>
        _words.GetValueOrDefault(word) ?? _patterns.Where(pattern => pattern.Pattern.Matches(new(default, word)) == Truth.Yes)
            .OrderByDescending(pattern => pattern.Length).Select(pattern => pattern.Verb).FirstOrDefault()
        ?? _like?.Find(word);

    /// <summary>Adds verbs by their paths.</summary>
    public void Add(IReadOnlyList<KeyValuePair<string, TableValue>> verbs)
    {
        foreach (var (path, value) in verbs)
        {
            path.Split(' ').Aggregate(this, (at, word) => at.Reach(word, value)).Set(value);
        }
    }

    /// <summary>Resolves <c>like</c> here and below; <paramref name="root"/> is the program.</summary>
    public void Link(VerbTable root)
    {
        if (Value?.Fields?.FirstOrDefault(field => field.Key == "like").Value is { } like)
        {
            _like = like.Text == "." ? root : (like.Text ?? "").Split(' ').Aggregate((VerbTable?)root, (at, word) => at?.Find(word));
            _ = _like is null || _like == this ? throw like.Error($"there is no verb `{like.Text}` to be like") : _like;
        }

        _ = SameAs is null ? this : Resolve(root, [this]);
        foreach (var verb in All)
        {
            verb.Link(root);
        }
    }

    // The verb that this is another name of; one that leads back to itself would be looked for without end.
    private VerbTable Resolve(VerbTable root, HashSet<VerbTable> seen)
    {
        var at = root;
        foreach (var word in SameAs!.Split(' '))
        {
            at = at.Find(word) ?? throw Value!.Error($"there is no verb `{SameAs}`");
            at = at.SameAs is null ? at : seen.Add(at) ? at.Resolve(root, seen) : throw Value!.Error($"`{SameAs}` leads back to where it stands");
        }

        return at;
    }

    private void Set(TableValue value)
    {
        if (Value is not null)
        {
            throw value.Error($"the verb `{Word}` stands twice");
        }

        Value = value;
        SameAs = value.Fields?.FirstOrDefault(field => field.Key == "as").Value?.Text;
        if (SameAs is not null && value.Fields is not [_])
        {
            throw value.Error("what is another name, `as`, says nothing else");
        }

        if (value.Fields?.FirstOrDefault(field => field.Key == "verbs").Value is { } below)
        {
            Add(below.Fields ?? throw below.Error("`verbs` is a map"));
        }
    }

    private VerbTable Reach(string word, TableValue place)
    {
        var spellings = word.Split('|');
        if (_words.TryGetValue(spellings[0], out var known))
        {
            return known;
        }

        var verb = _patterns.Find(pattern => pattern.Verb.Word == spellings[0]).Verb ?? new VerbTable { Word = spellings[0] };
        if (!_patterns.Exists(pattern => pattern.Verb == verb))
        {
            _patterns.AddRange(spellings.Where(spelling => spelling.Contains('*')).Select(spelling => (new WordPattern(spelling), spelling.Length, verb)));
        }


        foreach (var spelling in spellings.Where(spelling => !spelling.Contains('*')))
        {
            if (!_words.TryAdd(spelling, verb))
            {
                throw place.Error($"the verb `{spelling}` stands twice");
            }
        }

        return verb;
    }
}
