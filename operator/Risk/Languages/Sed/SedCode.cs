using RunbookOperator.Risk.Evaluation;
using RunbookOperator.Risk.Knowledge;
using RunbookOperator.Risk.Knowledge.Programs;

namespace RunbookOperator.Risk.Languages.Sed;

/// <summary>sed: its scripts, and the files that <c>-i</c> writes.</summary>
internal sealed class SedCode : IProgramCode
{
    /// <inheritdoc/>
    public void Judge(TableCommand command)
    {
        var scripts = command.Values("--expression").ToList();
        var files = command.Operands;
        if (scripts.Count == 0 && command.Last("--file") is null && command.Operands.Count > 0)
        {
            scripts.Add(command.Operands[0]);
            files = [.. command.Operands.Skip(1)];
        }

        var deletesAll = JudgeScripts(command, scripts);
        if (command.Last("--in-place") is not { } inPlace)
        {
            return;
        }

        command.Findings.Add(deletesAll ? "file.empty" : "file.write", inPlace.Word.Span, command.Title);
        foreach (var file in files)
        {
            Files.Write(file, command.Findings, empties: deletesAll);
        }
    }

    private static bool JudgeScripts(TableCommand command, List<Argument> scripts)
    {
        if (scripts.Count == 1)
        {
            var script = SedReader.Read(scripts[0].Text);
            CodeReport.Judge(scripts[0], _ => script.Findings, command.Findings);
            return script.DeletesAll;
        }

        if (scripts.Count == 0)
        {
            return false;
        }

        // Several scripts are lines of one.
        var text = string.Join('\n', scripts.Select(script => script.Text));
        var whole = SedReader.Read(text);
        CodeReport.Judge(new Argument(command.Call.Span, text, scripts.Exists(script => script.Splits), scripts.Exists(script => script.Globs)), _ => whole.Findings, command.Findings);
        return whole.DeletesAll;
    }
}
