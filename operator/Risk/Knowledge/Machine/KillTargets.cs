using System.Globalization;
using RunbookOperator.Risk.Knowledge.Programs;

namespace RunbookOperator.Risk.Knowledge.Machine;

/// <summary>The processes that kill is given: process 1 is the machine, 0 and negative numbers are whole groups.</summary>
internal sealed class KillTargets : IProgramCode
{
    /// <inheritdoc/>
    public void Judge(TableCommand command)
    {
        if (command.IsOn("-l"))
        {
            return;
        }

        if (command.Operands.Count == 0 && !command.IsOn("-L"))
        {
            command.Add("program.unknown-use");
        }

        // What is not a plain number was noted by the table.
        foreach (var target in command.Operands.Where(target => target.IsLiteral))
        {
            if (!long.TryParse(target.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var process) || process <= 1)
            {
                command.Findings.Add("host.kill", target);
            }
        }
    }
}
