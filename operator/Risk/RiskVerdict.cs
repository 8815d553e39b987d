namespace RunbookOperator.Risk;

/// <summary>The answer about one command.</summary>
/// <param name="Level">The level of its riskiest part.</param>
/// <param name="Reasons">What was found, riskiest first and then in the order of the text; never empty, also when safe.</param>
public sealed record RiskVerdict(RiskLevel Level, IReadOnlyList<RiskReason> Reasons)
{
    /// <summary>The programs that the command starts, each once and in the order of the text, without the shell's own commands; by its whole path where
    /// that is none of the system's. Null if it may start others that cannot be read from it.</summary>
    public IReadOnlyList<string>? Programs { get; init; }
}
