namespace RunbookOperator.Risk.Knowledge.Programs;

/// <summary>A command that stands behind <c>--</c>, and without which the program opens a session or does what it always does.</summary>
/// <param name="missing">The rule if there is none; empty if that is no finding.</param>
internal sealed class CommandBehindDashes(string missing) : IProgramCode
{
    /// <inheritdoc/>
    public void Judge(TableCommand command)
    {
        var before = command.Parsed.OperandsBeforeDashes is { } count ? Math.Max(0, count - command.VerbWords) : command.Operands.Count;
        var carried = command.Operands.Skip(before).ToList();
        if (carried.Count > 0)
        {
            command.Call.Carry(carried);
        }
        else if (missing.Length > 0)
        {
            command.Add(missing);
        }
    }
}
