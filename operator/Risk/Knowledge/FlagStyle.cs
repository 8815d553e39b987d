namespace RunbookOperator.Risk.Knowledge;

/// <summary>How a program reads its flags.</summary>
internal sealed record FlagStyle
{
    private static readonly Dictionary<string, FlagStyle> Known = new(StringComparer.Ordinal)
    {
        ["getopt"] = new() { Prefixes = true },
        ["getopt-harmless"] = new() { Prefixes = true, NamesDoNoHarm = true },
        ["posix"] = new() { Prefixes = true, FlagsEnd = 1 },
        ["pflag"] = new() { DropsEquals = true, HelpAnywhere = true },
        ["argparse"] = new() { Prefixes = true, DropsEquals = true, HelpAnywhere = true },
        ["go"] = new() { SingleDash = true, FlagsEnd = 1, HelpAnywhere = true },
        ["single"] = new() { SingleDash = true },
        ["keys"] = new() { Prefixes = true, Keys = true },
        ["none"] = new() { FlagsEnd = 0 },
    };

    /// <summary>The names of all styles.</summary>
    public static IEnumerable<string> Names => Known.Keys;

    /// <summary>Flags end at the first operand, as in the shell's own commands.</summary>
    public static FlagStyle Posix => Known["posix"];

    /// <summary>Whether a long name may be shortened as long as one name only begins so.</summary>
    public bool Prefixes { get; private init; }

    /// <summary>Whether long names have one dash: <c>-chdir=x</c>. Two are taken as well; nothing is bundled.</summary>
    public bool SingleDash { get; private init; }

    /// <summary>Whether <c>-o=json</c> means <c>-o json</c>; elsewhere the value is <c>=json</c>.</summary>
    public bool DropsEquals { get; private init; }

    /// <summary>Whether operands of the form <c>name=value</c> are flags, as those of dd.</summary>
    public bool Keys { get; private init; }

    /// <summary>Whether no flag of the program does harm, so that a file name which looks like one does none either.</summary>
    public bool NamesDoNoHarm { get; private init; }

    /// <summary>
    /// Whether help is shown wherever it is asked for. Elsewhere it must be asked for before the first operand: a program that reads its words by
    /// hand, or stops at the first operand, acts upon that and ignores the rest.
    /// </summary>
    public bool HelpAnywhere { get; private init; }

    /// <summary>Behind how many operands a word with a dash is an operand too; flags and operands mix freely unless it is less than there are.</summary>
    public int FlagsEnd { get; private init; } = int.MaxValue;

    /// <summary>The style a table names; null if there is no such style.</summary>
    public static FlagStyle? Named(string name) => Known.GetValueOrDefault(name);
}
