namespace RunbookOperator.Risk;

/// <summary>How much harm a command can do. The order is the order of risk.</summary>
public enum RiskLevel
{
    /// <summary>Reads only: changes nothing on any machine and shows no secret. Green.</summary>
    Safe,

    /// <summary>Changes state in a bounded and reversible way. Yellow.</summary>
    Caution,

    /// <summary>Destroys, touches security, cannot be undone, or cannot be decided. Red.</summary>
    Dangerous,
}

/// <summary>The words for <see cref="RiskLevel"/> in files, on the wire and on the command line: lower case.</summary>
public static class RiskLevels
{
    /// <summary>The word for <paramref name="level"/>: <c>safe</c>, <c>caution</c> or <c>dangerous</c>.</summary>
    public static string ToText(this RiskLevel level) => level switch
    {
        RiskLevel.Safe => "safe",
        RiskLevel.Caution => "caution",
        _ => "dangerous",
    };

    /// <summary>Reads a word written by <see cref="ToText"/>; any other text, capitals included, is not a level.</summary>
    public static bool TryParse(string? text, out RiskLevel level)
    {
        (level, var known) = text switch
        {
            "safe" => (RiskLevel.Safe, true),
            "caution" => (RiskLevel.Caution, true),
            "dangerous" => (RiskLevel.Dangerous, true),
            _ => (RiskLevel.Dangerous, false),
        };
        return known;
    }

    /// <summary>The riskier of two levels.</summary>
    public static RiskLevel Max(RiskLevel a, RiskLevel b) => a > b ? a : b;
}
