using System.Text.RegularExpressions;
using RunbookOperator.Risk.Knowledge.Programs;

namespace RunbookOperator.Risk.Knowledge.Kubectl;

/// <summary><c>oc adm must-gather</c>: the scripts of its own images gather; any other command behind <c>--</c> is judged as one.</summary>
internal sealed partial class MustGather : IProgramCode
{
    private static readonly CommandBehindDashes Carried = new("");

    /// <inheritdoc/>
    public void Judge(TableCommand command)
    {
        var before = command.Parsed.OperandsBeforeDashes ?? command.Parsed.Operands.Count;
        var script = command.Parsed.Operands.Skip(before).ToList();
        if (!(script.Count > 0 && script.All(word => word.IsLiteral) && Script().IsMatch(script[0].Text)))
        {
            Carried.Judge(command);
        }
    }

    [GeneratedRegex("""\A(/usr/bin/)?gather(_[a-z_]+)?\z""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Script();
}
