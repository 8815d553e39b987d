namespace RunbookOperator.Risk.Knowledge;

/// <summary>A map of a table whose keys are all accounted for: one that nobody asks for, or that stands twice, is an error.</summary>
internal sealed class TableMap
{
    private readonly TableValue _value;
    private readonly Dictionary<string, TableValue> _fields = new(StringComparer.Ordinal);

    public TableMap(TableValue value)
    {
        _value = value;
        foreach (var (key, field) in value.Fields ?? throw value.Error("a map is wanted"))
        {
            if (!_fields.TryAdd(key, field))
            {
                throw field.Error($"`{key}` stands twice");
            }
        }
    }

    /// <summary>The value of <paramref name="key"/>, or null.</summary>
    public TableValue? Take(string key) => _fields.Remove(key, out var value) ? value : null;

    /// <summary>The text of <paramref name="key"/>, empty if it is missing.</summary>
    public string Text(string key) => Take(key) is { } value ? value.Text ?? throw value.Error($"`{key}` is a text") : "";

    /// <summary>Whether <paramref name="key"/> is <c>true</c>.</summary>
    public bool Flag(string key) => Take(key) is { } value && value.Text switch
    {
        "true" => true,
        "false" => false,
        _ => throw value.Error($"`{key}` is true or false"),
    };

    /// <summary>A number, or null.</summary>
    public int? Number(string key) =>
        Take(key) is { } value ? int.TryParse(value.Text, out var number) ? number : throw value.Error($"`{key}` is a number") : null;

    /// <summary>The words of <paramref name="key"/>, written as a list or as a text with blanks between.</summary>
    public string[] Words(string key) => Take(key) is { } value ? WordsOf(value) : [];

    /// <summary>The fields of the map <paramref name="key"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, TableValue>> Fields(string key) =>
        Take(key) is { } value ? value.Fields ?? throw value.Error($"`{key}` is a map") : [];

    /// <summary>The items of the list <paramref name="key"/>.</summary>
    public IReadOnlyList<TableValue> Items(string key) => Take(key) is { } value ? value.Items ?? throw value.Error($"`{key}` is a list") : [];

    /// <summary>Requires that every key was asked for.</summary>
    public void Done()
    {
        if (_fields.Count > 0)
        {
            var (key, value) = _fields.First();
            throw value.Error($"unknown key `{key}`");
        }
    }

    /// <summary>An error in this map.</summary>
    public InvalidDataException Error(string message) => _value.Error(message);

    /// <summary>The words of a list, or of a text with blanks between.</summary>
    public static string[] WordsOf(TableValue value) =>
        value.Text is { } text ? text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        : [.. (value.Items ?? throw value.Error("words are wanted")).Select(item => item.Text ?? throw item.Error("a word is wanted"))];
}
