using RunbookOperator.Risk.Knowledge.Programs;

namespace RunbookOperator.Risk.Knowledge.Machine;

/// <summary>Programs that take another command behind <c>--</c>, such as ovs-vsctl: only the first one was looked at.</summary>
internal sealed class OneCommand : IProgramCode
{
    /// <inheritdoc/>
    public void Judge(TableCommand command)
    {
        if (command.Parsed.OperandsBeforeDashes is not null)
        {
            command.Add("program.unknown-use");
        }
    }
}
