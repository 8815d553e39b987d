using RunbookOperator.Risk.Evaluation;

namespace RunbookOperator.Risk.Knowledge.Kubectl;

/// <summary>A kubectl command taken apart.</summary>
/// <param name="Call">The command as it was found.</param>
/// <param name="Verb">Its verb.</param>
/// <param name="Parsed">Its flags.</param>
/// <param name="Operands">What follows the verb and is no flag.</param>
/// <param name="VerbWords">How many words the verb has.</param>
internal sealed record KubectlCommand(Invocation Call, VerbTree Verb, FlagParser Parsed, IReadOnlyList<Argument> Operands, int VerbWords)
{
    public Findings Findings => Call.Findings;

    public IReadOnlyList<FlagUse> Uses => Parsed.Uses;

    /// <summary>For sentences: the program with its verb.</summary>
    public string Title => $"`kubectl {Verb.Path}`".Replace(" `", "`", StringComparison.Ordinal);

    /// <summary>Whether the last <c>--dry-run</c> says, in plain text, that nothing is to be changed, and the verb with these flags listens to it.</summary>
    public bool IsDryRun =>
        Verb.DryRun && Value("--dry-run") is { IsLiteral: true, Text: "client" or "server" } && !HasUnknownSplit
        && !Uses.Any(use => !use.IsOff && Verb.DryRunUnless.Contains(use.Flag.Name));

    /// <summary>Whether a word could vanish or become several, so that flags may not be what they seem.</summary>
    private bool HasUnknownSplit => Call.Arguments.Any(argument => argument.Splits);

    /// <summary>The value of the last use of a flag.</summary>
    public Argument? Value(string flag) => Parsed.Last(flag)?.Value;

    /// <summary>All values of a flag.</summary>
    public IEnumerable<Argument> Values(string flag) => Uses.Where(use => use.Flag.Name == flag && use.Value is not null).Select(use => use.Value!);

    /// <summary>Whether a switch is given and not turned off.</summary>
    public bool IsOn(string flag) => Parsed.Last(flag) is { IsOff: false };

    /// <summary>Notes a rule for the whole command.</summary>
    public void Add(string rule) => Findings.Add(rule, Call.Span, Title);
}
