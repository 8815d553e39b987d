using RunbookOperator.Risk.Evaluation;
using RunbookOperator.Risk.Knowledge;

namespace RunbookOperator.Risk.Languages;

/// <summary>Brings what was found in code into the verdict.</summary>
internal static class CodeReport
{
    /// <summary>Reads a word of a command, or its input, as code. What could become several words is not known.</summary>
    public static void Judge(Argument code, Func<string, IReadOnlyList<CodeFinding>> read, Findings findings)
    {
        if (code.Splits || code.Globs)
        {
            findings.Add("program.code", code);
        }

        Add(code, read(code.Text), findings);
    }

    /// <summary>Notes each finding where it stands in <paramref name="code"/>, as far as its quotes let that be known.</summary>
    public static void Add(Argument code, IReadOnlyList<CodeFinding> found, Findings findings)
    {
        foreach (var one in found)
        {
            var span = Place(code, one.Span);
            if (one.Path is not { } path)
            {
                findings.Add(one.Rule, span, one.Subject);
            }
            else if (one.Rule == "file.write")
            {
                Files.Write(new Argument(span, path), findings);
            }
            else
            {
                Files.Read(new Argument(span, path), findings);
            }
        }
    }

    // A word in one pair of quotes, or without, holds its text as it is written.
    private static TextSpan Place(Argument code, TextSpan span)
    {
        var offset = code.Span.Length - code.Text.Length;
        return code.IsLiteral && offset is 0 or 2 && span.End <= code.Text.Length ? new TextSpan(code.Span.Start + (offset / 2) + span.Start, span.Length) : code.Span;
    }
}
