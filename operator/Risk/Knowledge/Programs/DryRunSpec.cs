namespace RunbookOperator.Risk.Knowledge.Programs;

/// <summary>How a verb is told to change nothing.</summary>
internal sealed record DryRunSpec
{
    /// <summary>The flags that say so; none if the verb has no dry run.</summary>
    public IReadOnlyList<string> Flags { get; private init; } = [];

    /// <summary>The values with which they do, an empty one for a flag without; any if there are none.</summary>
    public IReadOnlyList<WordPattern> Values { get; private init; } = [];

    /// <summary>Flags with which the verb does it for real all the same.</summary>
    public IReadOnlyList<string> Unless { get; private init; } = [];

    /// <summary>The rule that takes the place of the verb's own.</summary>
    public string Rule { get; private init; } = "";

    /// <summary>Reads the keys of a verb; values and rule are those of the verb above unless given.</summary>
    public static DryRunSpec Read(TableMap map, DryRunSpec? above)
    {
        var (flags, values, unless, rule) = (map.Words("dryRun"), map.Words("dryRunValues"), map.Words("dryRunUnless"), map.Text("dryRunRule"));
        return new DryRunSpec
        {
            Flags = flags,
            Values = values.Length > 0 ? [.. values.Select(value => new WordPattern(value))] : above?.Values ?? [],
            Unless = unless,
            Rule = rule.Length > 0 ? rule : above?.Rule ?? "",
        };
    }

    /// <summary>The same for verbs below, which say themselves whether they have one.</summary>
    public DryRunSpec WithoutFlags() => this with { Flags = [], Unless = [] };

    /// <summary>Whether <paramref name="command"/> surely is a dry run.</summary>
    public bool Applies(TableCommand command) =>
        // A word that could vanish or become several leaves open what the flags are.
        Flags.Any(flag => Says(command, flag)) && !command.Call.Arguments.Any(argument => argument.Splits) && Unless.All(flag => command.Has(flag) == Truth.No);

    private bool Says(TableCommand command, string flag) =>
        command.Has(flag) == Truth.Yes && command.Last(flag) is { } use
        && (Values.Count == 0 || WordPattern.AnyMatches(Values, use.Value ?? use.Word with { Text = "" }) == Truth.Yes);
}
