namespace RunbookOperator.Risk.Knowledge;

/// <summary>A program with verbs, as its tables write it; several tables may add to one program.</summary>
internal sealed record ProgramTable
{
    public string Program { get; init; } = "";

    /// <summary>How flags are parsed; <c>pflag</c> is what Go programs use.</summary>
    public string Style { get; init; } = "pflag";

    /// <summary>Flags of every verb.</summary>
    public string Flags { get; init; } = "";

    /// <summary>What a flag adds, whatever the verb.</summary>
    public Dictionary<string, string> FlagRules { get; init; } = [];

    /// <summary>Flags whose value is a file that is written.</summary>
    public List<string> Writes { get; init; } = [];

    /// <summary>Lists of flags that verbs share.</summary>
    public Dictionary<string, string> Sets { get; init; } = [];

    /// <summary>The verbs; those of two words stand in full (<c>rollout status</c>).</summary>
    public Dictionary<string, VerbEntry> Verbs { get; init; } = [];
}

/// <summary>One verb in a table.</summary>
internal sealed record VerbEntry
{
    /// <summary>What the verb does; none for a group.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Whether a second word must follow.</summary>
    public bool Group { get; init; }

    /// <summary>Other spellings of its last word.</summary>
    public List<string> Aliases { get; init; } = [];

    public List<string> Sets { get; init; } = [];

    public string Flags { get; init; } = "";

    public Dictionary<string, string> FlagRules { get; init; } = [];

    public List<string> Writes { get; init; } = [];

    /// <summary>Whether the verb honours <c>--dry-run</c>; only then does a dry run make it safe.</summary>
    public bool DryRun { get; init; }

    /// <summary>Flags with which it does not.</summary>
    public List<string> DryRunUnless { get; init; } = [];
}
