namespace RunbookOperator.Documents.Yaml;

/// <summary>A list or mapping that is being read.</summary>
internal sealed class YamlBuilder(YamlMark start, bool isMapping, bool isFlow)
{
    private readonly List<YamlNode> _items = [];
    private readonly List<YamlEntry> _entries = [];
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private YamlScalar? _key;
    private bool _skipValue;

    public void Add(YamlNode node, ProblemList problems)
    {
        if (!isMapping)
        {
            _items.Add(node);
        }
        else if (_skipValue)
        {
            _skipValue = false;
        }
        else if (_key is null)
        {
            _key = Key(node, problems);
            _skipValue = _key is null;
        }
        else
        {
            _entries.Add(new YamlEntry(_key, node));
            _key = null;
        }
    }

    public YamlNode Build(string text, int end)
    {
        YamlNode node;
        if (isMapping)
        {
            // A pair inside a list in brackets is a mapping without braces; the parser gives it no place of its own.
            var implied = isFlow && (start.Offset >= text.Length || text[start.Offset] != '{');
            var mapping = new YamlMapping { Start = implied && _entries.Count > 0 ? _entries[0].Key.Start : start, IsFlow = isFlow };
            mapping.Entries.AddRange(_entries);
            node = mapping;
        }
        else
        {
            var sequence = new YamlSequence { Start = start, IsFlow = isFlow };
            sequence.Items.AddRange(_items);
            node = sequence;
        }

        // The end event of a block stands at whatever comes next, comments skipped; the content itself ends with its last value.
        node.End = isFlow && end < text.Length && text[end] is ']' or '}' ? end + 1 : LastEnd(node.Start.Offset);
        return node;
    }

    private int LastEnd(int least) => _entries.Count > 0
        ? Math.Max(_entries[^1].Key.End, IsEmpty(_entries[^1].Value) ? 0 : _entries[^1].Value.End)
        : _items.Count > 0 ? _items[^1].End : least;

    private static bool IsEmpty(YamlNode node) => node is YamlScalar { Style: YamlStyle.Plain, Text: "" };

    private YamlScalar? Key(YamlNode node, ProblemList problems)
    {
        if (node is not YamlScalar key)
        {
            problems.Error(RuleIds.Type, node.Start.Position, "a key must be text");
            return null;
        }

        if (key is { Style: YamlStyle.Plain, Text: "<<" })
        {
            problems.Error(RuleIds.Feature, key.Start.Position, "the merge key << is not read; write the values out");
        }
        else if (YamlValue.TypeOf(key) != YamlType.Text)
        {
            problems.Error(RuleIds.Type, key.Start.Position, $"the key {ProblemList.Quote(key.Text)} is not read as text; write '{key.Text}' in quotes");
        }

        if (!_keys.Add(key.Text))
        {
            problems.Error(RuleIds.DuplicateKey, key.Start.Position, $"the key {ProblemList.Quote(key.Text)} stands twice in this mapping");
            return null;
        }

        return key;
    }
}
