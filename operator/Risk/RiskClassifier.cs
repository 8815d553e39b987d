using RunbookOperator.Risk.Evaluation;
using RunbookOperator.Risk.Knowledge;
using RunbookOperator.Risk.Syntax;

namespace RunbookOperator.Risk;

/// <summary>Says how risky a command is, from its syntax tree and what is known of its programs. Pure; safe for many threads.</summary>
public sealed class RiskClassifier
{
    /// <summary>The longest command that is read, in UTF-16 units; anything longer is dangerous unread.</summary>
    public const int MaximumLength = 8 * 1024;

    private static string Hash => field ??= Tables.Hash();

    private readonly SitePrograms _site;

    /// <summary>A classifier that knows programs of the site besides its own; without them it knows its own.</summary>
    public RiskClassifier(SitePrograms? site = null)
    {
        _site = site ?? SitePrograms.None;
        RuleSetHash = _site.Hash(Hash);
    }

    /// <summary>A hash of all knowledge, rules and code, those of the site included: two classifiers with the same hash give the same answers.</summary>
    public string RuleSetHash { get; }

    /// <summary>How many UTF-16 units are read: more than the limit only to show that time is linear far beyond it.</summary>
    internal int LongestRead { get; init; } = MaximumLength;

    /// <summary>Classifies <paramref name="command"/>, a text for <c>bash -euo pipefail -c</c>. Never throws for any text.</summary>
    /// <param name="command">The text.</param>
    /// <param name="variables">
    /// What is known of the environment. Without it every variable that the text does not set itself is taken for a bounded value, as a parameter of a
    /// runbook is; give <see cref="RiskVariables.None"/> to trust none.
    /// </param>
    public RiskVerdict Classify(string command, RiskVariables? variables = null)
    {
        ArgumentNullException.ThrowIfNull(command);
        var findings = new Findings();
        if (command.Length > LongestRead)
        {
            findings.AddMessage("text.too-long", new(0, command.Length), $"The command has {command.Length} characters; {LongestRead} are read.");
            return findings.ToVerdict();
        }

        if (TextGuard.FirstHidden(command) is var (span, message))
        {
            findings.AddMessage("text.hidden", span, $"The character {message}.");
            return findings.ToVerdict();
        }

        return Evaluator.Judge(ShellParser.Parse(command), new Programs(ProgramCatalog.Default, _site), variables);
    }
}
