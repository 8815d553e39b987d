using RunbookOperator.Risk.Knowledge.Programs;

namespace RunbookOperator.Risk.Knowledge.Machine;

/// <summary>What less and more are given to show: a word with a plus is a command of theirs, and some commands run programs.</summary>
internal sealed class PagerOperands : IProgramCode
{
    /// <inheritdoc/>
    public void Judge(TableCommand command)
    {
        foreach (var word in command.Call.Arguments.Where(one => one.Text.StartsWith('+')))
        {
            command.Findings.Add("program.code", word);
        }
    }
}
