using RunbookOperator.Risk.Evaluation;

namespace RunbookOperator.Risk.Knowledge.Programs;

/// <summary>A command taken apart by the table of its program.</summary>
/// <param name="Call">The command as it was found.</param>
/// <param name="Verb">Its verb.</param>
/// <param name="Parsed">Its flags.</param>
/// <param name="Operands">What follows the verb and is no flag.</param>
/// <param name="VerbWords">How many words the verb has.</param>
internal sealed record TableCommand(Invocation Call, VerbSpec Verb, FlagParser Parsed, IReadOnlyList<Argument> Operands, int VerbWords)
{
    private bool? _isDryRun;
    private bool _hasRead;

    public Findings Findings => Call.Findings;

    public IReadOnlyList<FlagUse> Uses => Parsed.Uses;

    /// <summary>For sentences: the program with its verb as it was written.</summary>
    public string Title => $"`{string.Join(' ', Parsed.Operands.Take(VerbWords).Select(word => word.Text).Prepend(Call.Program))}`";

    /// <summary>Whether it surely changes nothing.</summary>
    public bool IsDryRun => _isDryRun ??= Verb.DryRun.Applies(this);

    /// <summary>Whether directories are read with everything below them.</summary>
    public bool IsRecursive { get; set; }

    /// <summary>The last use of a flag.</summary>
    public FlagUse? Last(string flag) => Verb.Canonical(flag) is { } name ? Parsed.Last(name) : throw new InvalidDataException($"{Title} has no flag {flag}.");

    /// <summary>The value of the last use of a flag.</summary>
    public Argument? Value(string flag) => Verb.Canonical(flag) is { } name ? Parsed.Last(name)?.Value : null;

    /// <summary>All values of a flag.</summary>
    public IEnumerable<Argument> Values(string flag) => Verb.Canonical(flag) is { } name
        ? Uses.Where(use => use.Flag.Name == name && use.Value is not null).Select(use => use.Value!)
        : [];

    /// <summary>Whether a flag is given and not turned off.</summary>
    public bool IsOn(string flag) => Verb.Canonical(flag) is { } name && Parsed.Last(name) is { IsOff: false };

    /// <summary>Whether a flag is surely given and on.</summary>
    public Truth Has(string flag) => Last(flag) switch
    {
        null or { IsOff: true } => Truth.No,
        { Flag.Value: FlagValue.None or FlagValue.Optional, Value: { } value } when !value.IsLiteral || IsNo(value.Text) => Truth.Maybe,
        _ => Truth.Yes,
    };

    /// <summary>Whether a flag is among those named.</summary>
    public bool IsOneOf(FlagSpec flag, IReadOnlyList<string> names) => names.Any(name => Verb.Canonical(name) == flag.Name);

    /// <summary>Notes that a path is read.</summary>
    public void Read(Argument path)
    {
        _hasRead = true;
        if (path.Text != "-")
        {
            Files.Read(path, Findings, IsRecursive);
        }
    }

    /// <summary>Notes what is read where a recursive reader is given no path.</summary>
    public void ReadHere()
    {
        if (IsRecursive && !_hasRead)
        {
            Files.Read(new Argument(Call.Span, "."), Findings, recursive: true);
        }
    }

    /// <summary>Notes a rule for the whole command.</summary>
    public void Add(string rule) => Findings.Add(rule, Call.Span, Title);

    private static bool IsNo(string text) => text is "no" or "never" or "none" or "off" or "false" or "0";
}
