using RunbookOperator.Risk.Evaluation;

namespace RunbookOperator.Risk.Knowledge;

/// <summary>A flag as it was given. <paramref name="Value"/> is null if none was.</summary>
internal sealed record FlagUse(FlagSpec Flag, Argument Word, Argument? Value)
{
    /// <summary>Whether a switch is turned off by <c>=false</c>.</summary>
    public bool IsOff => Flag.Value == FlagValue.None && Value is { IsLiteral: true, Text: "false" or "0" or "f" or "F" or "FALSE" or "False" };
}
