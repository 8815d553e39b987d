namespace RunbookOperator.Risk.Knowledge.Programs;

/// <summary>Copies between this machine and another place: <c>PLACE:PATH</c> is elsewhere, a path without a colon is here. The last operand is written.</summary>
internal sealed class CopyCode : IProgramCode
{
    /// <inheritdoc/>
    public void Judge(TableCommand command) => JudgeCopy(command);

    /// <summary>Judges all operands of <paramref name="command"/>.</summary>
    public static void JudgeCopy(TableCommand command)
    {
        foreach (var operand in command.Operands)
        {
            var colon = operand.Text.IndexOf(':', StringComparison.Ordinal);
            var path = colon < 0 ? operand : operand.From(colon + 1);
            var toHere = ReferenceEquals(operand, command.Operands[^1]);
            if (toHere && colon < 0)
            {
                Files.Write(path, command.Findings);
            }
            else if (!toHere)
            {
                Files.Read(path, command.Findings);
            }
        }
    }
}
