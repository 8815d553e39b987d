using RunbookOperator.Risk.Evaluation;
using RunbookOperator.Risk.Knowledge.Programs;

namespace RunbookOperator.Risk.Knowledge.Machine;

/// <summary>The sources and the target of scp and rsync: paths here, or behind <c>host:</c> on another machine, where the same names are secret.</summary>
internal sealed class CopyOperands : IProgramCode
{
    /// <inheritdoc/>
    public void Judge(TableCommand command)
    {
        for (var index = 0; index < command.Operands.Count; index++)
        {
            var path = PathOf(command.Operands[index], command.Findings);
            if (index < command.Operands.Count - 1)
            {
                Files.Read(path, command.Findings, command.IsRecursive);
            }
            else
            {
                Files.Write(path, command.Findings);
            }
        }
    }

    /// <summary>The path alone; the host before it must be written out.</summary>
    private static Argument PathOf(Argument operand, Findings findings)
    {
        var colon = operand.Text.IndexOf(':', StringComparison.Ordinal);
        var slash = operand.Text.IndexOf('/', StringComparison.Ordinal);
        if (operand.Text.Contains("://", StringComparison.Ordinal))
        {
            Hosts.JudgeUrl(operand, findings);
            return operand.From(operand.Text.IndexOf("://", StringComparison.Ordinal) + 2);
        }

        if (colon < 0 || (slash >= 0 && slash < colon))
        {
            return operand;
        }

        Hosts.JudgeHost(operand with { Text = operand.Text[..colon] }, findings);
        var path = operand.From(colon + 1);
        return path.Text.Length == 0 ? path with { Text = "." } : path;
    }
}
