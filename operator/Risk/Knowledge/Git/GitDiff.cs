using RunbookOperator.Risk.Knowledge.Programs;

namespace RunbookOperator.Risk.Knowledge.Git;

/// <summary><c>git diff</c> of two paths compares files outside any repository too, and shows them.</summary>
internal sealed class GitDiff : IProgramCode
{
    /// <inheritdoc/>
    public void Judge(TableCommand command)
    {
        if (command.Operands.Count < 2 && !command.IsOn("--no-index"))
        {
            return;
        }

        foreach (var operand in command.Operands.Where(operand => !operand.Splits))
        {
            command.Read(operand);
        }
    }
}
