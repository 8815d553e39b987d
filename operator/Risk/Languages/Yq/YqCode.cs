using System.Text.RegularExpressions;
using RunbookOperator.Risk.Knowledge;
using RunbookOperator.Risk.Knowledge.Programs;

namespace RunbookOperator.Risk.Languages.Yq;

/// <summary>yq: what its language has beyond jq's, and the files that <c>-i</c> writes.</summary>
internal sealed partial class YqCode : IProgramCode
{
    /// <inheritdoc/>
    public void Judge(TableCommand command)
    {
        if (command.Operands.Count == 0)
        {
            return;
        }

        var program = command.Operands[0];
        if (Reaches().IsMatch(program.Text))
        {
            command.Findings.AddMessage("program.code", program.Span, $"The program of {command.Title} shows the environment or reads files.");
        }

        if (command.IsOn("--inplace"))
        {
            foreach (var file in command.Operands.Skip(1))
            {
                Files.Write(file, command.Findings);
            }
        }
    }

    [GeneratedRegex(@"(^|[^\w.$""])(strenv|envsubst|load\w*|eval|system|filename|input_filename)($|\W)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Reaches();
}
