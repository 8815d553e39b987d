using RunbookOperator.Risk.Evaluation;
using RunbookOperator.Risk.Knowledge.Programs;

namespace RunbookOperator.Risk.Knowledge.Git;

/// <summary><c>git push</c>, <c>git fetch</c> and <c>git pull</c>: a refspec can force or delete without a flag.</summary>
internal sealed class GitPush : IProgramCode
{
    /// <inheritdoc/>
    public void Judge(TableCommand command)
    {
        if (command.IsDryRun)
        {
            return;
        }

        foreach (var spec in command.Operands.Skip(1).Where(Forces))
        {
            command.Findings.Add("git.force", spec);
        }
    }

    // A value may begin with `+` or `:`.
    private static bool Forces(Argument spec) =>
        spec.Text is ['+' or ':', ..] || spec.BeginsUnknown || spec.HasOpaque || spec.Splits || spec.Globs || spec is { Text: "", IsLiteral: true };
}
