namespace RunbookOperator.Risk.Knowledge.Programs;

/// <summary>What a flag does: a rule it falls under, or what its value is.</summary>
internal sealed record Effect
{
    private string Rule { get; init; } = "";

    private Role? Role { get; init; }

    private WordPattern[] In { get; init; } = [];

    private WordPattern[] NotIn { get; init; } = [];

    private Condition When { get; init; } = Condition.Always;

    /// <summary>Whether it is about a change only, so that a dry run takes it away.</summary>
    private bool Change { get; init; }

    /// <summary>The rule it names, if any.</summary>
    public string RuleId => Rule;

    /// <summary>The flags its condition names.</summary>
    public IEnumerable<string> FlagNames => When.FlagNames;

    /// <summary>Reads one effect, or a list of them: <c>rule.id</c>, <c>role</c>, or a map.</summary>
    public static Effect[] ReadAll(TableValue value) => value.Items is { } items ? [.. items.Select(Read)] : [Read(value)];

    /// <summary>Notes what the flag does.</summary>
    public void Apply(FlagUse use, TableCommand command)
    {
        if ((Change && command.IsDryRun) || When.Holds(command) == Truth.No || !Concerns(use))
        {
            return;
        }

        if (Rule.Length > 0)
        {
            command.Findings.Add(Rule, use.Word.Span, $"`{use.Flag.Name}`");
        }

        if (Role is { } role && (use.Value is not null || role.NeedsNoValue))
        {
            role.Apply(use.Value ?? use.Word, command);
        }
    }

    // What is not known raises: it could be in the one list, and may not be in the other.
    private bool Concerns(FlagUse use)
    {
        var value = use.Value ?? use.Word with { Text = "" };
        return (In.Length == 0 || WordPattern.AnyMatches(In, value) != Truth.No)
            && (NotIn.Length == 0 || WordPattern.AnyMatches(NotIn, value) != Truth.Yes);
    }

    private static Effect Read(TableValue value)
    {
        if (value.Text is { } text)
        {
            return text.Contains('.') ? new Effect { Rule = text } : new Effect { Role = Role.Named(text) ?? throw value.Error($"there is no role `{text}`") };
        }

        var map = new TableMap(value);
        var role = map.Text("is");
        var effect = new Effect
        {
            Rule = map.Text("rule"),
            Role = role.Length == 0 ? null : Role.Named(role) ?? throw value.Error($"there is no role `{role}`"),
            In = [.. map.Words("in").Select(word => new WordPattern(word))],
            NotIn = [.. map.Words("notIn").Select(word => new WordPattern(word))],
            Change = map.Flag("change"),
            When = Condition.Read(map),
        };
        map.Done();
        return effect.Rule.Length > 0 || effect.Role is not null ? effect : throw value.Error("an effect names a rule or says what the value `is`");
    }
}
