namespace RunbookOperator.Risk.Knowledge.Programs;

/// <summary>One place, or a row of places, among the operands of a verb.</summary>
internal sealed record OperandSpec
{
    /// <summary>What stands there.</summary>
    public required Role Role { get; init; }

    /// <summary>Whether it may be missing.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Whether there may be several.</summary>
    public bool IsMany { get; init; }

    /// <summary>When the place is there at all.</summary>
    public Condition When { get; init; } = Condition.Always;

    /// <summary>Forms that are allowed; any if empty.</summary>
    public IReadOnlyList<WordPattern> Match { get; init; } = [];

    /// <summary>A rule each operand here falls under, or empty.</summary>
    public string Rule { get; init; } = "";

    /// <summary>The rule for the command if nothing stands here, or empty.</summary>
    public string Missing { get; init; } = "";

    /// <summary>Reads the operands of a verb: words, or a list of words and maps.</summary>
    public static OperandSpec[] ReadAll(TableValue value) =>
        value.Items is { } items ? [.. items.Select(Read)] : [.. Words(value).Select(word => OfWord(word, value))];

    /// <summary>The operand that one word of a table describes: a role with <c>?</c>, <c>*</c> or <c>+</c> behind it.</summary>
    public static OperandSpec OfWord(string word, TableValue place)
    {
        var role = Role.Named(word.TrimEnd('?', '*', '+')) ?? throw place.Error($"there is no role `{word}`");
        return new OperandSpec { Role = role, IsOptional = word[^1] is '?' or '*', IsMany = word[^1] is '*' or '+' };
    }

    private static string[] Words(TableValue value) => TableMap.WordsOf(value) is var words && words is ["none"] ? [] : words;

    private static OperandSpec Read(TableValue value)
    {
        if (value.Text is { } word)
        {
            return OfWord(word, value);
        }

        var map = new TableMap(value);
        var read = OfWord(map.Text("is") is { Length: > 0 } role ? role : throw value.Error("an operand says what it `is`"), value) with
        {
            Match = [.. map.Words("match").Select(pattern => new WordPattern(pattern))],
            Rule = map.Text("rule"),
            Missing = map.Text("missing"),
            When = Condition.Read(map),
        };
        map.Done();
        return read;
    }
}
