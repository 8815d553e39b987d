using System.Text.RegularExpressions;
using RunbookOperator.Risk.Knowledge.Programs;

namespace RunbookOperator.Risk.Knowledge.Machine;

/// <summary>The units that systemctl starts and stops: some stand for the state of the whole machine, and a pattern stands for many.</summary>
internal sealed class UnitNames : IProgramCode
{
    // To start `reboot.target` is to reboot; to stop `multi-user.target` is to stop nearly everything. A scope or slice holds many processes.
    private static readonly Regex Whole = new(
        @"\A(.+\.(target|slice|scope)|(systemd-)?(reboot|poweroff|halt|kexec|soft-reboot|suspend|hibernate|hybrid-sleep|suspend-then-hibernate)(\.service)?|systemd-journald.*|dbus.*|-\.mount)\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase);

    /// <inheritdoc/>
    public void Judge(TableCommand command)
    {
        foreach (var unit in command.Operands)
        {
            if (unit.Globs || unit.Text.AsSpan().IndexOfAny("*?[") >= 0)
            {
                command.Findings.Add("service.many", unit);
            }

            if (Whole.IsMatch(unit.Text))
            {
                command.Findings.Add("service.machine", unit);
            }
        }
    }
}
