using RunbookOperator.Cli.Rendering;
using RunbookOperator.Risk;

namespace RunbookOperator.Cli.Risks;

/// <summary>A verdict for people: the word first, then each reason below the part of the command it is about.</summary>
internal static class VerdictView
{
    private const string Indent = "  ";

    /// <summary>The lines for the verdict on <paramref name="command"/>.</summary>
    public static IEnumerable<string> Lines(string command, RiskVerdict verdict, Paint paint)
    {
        yield return paint.Risk(verdict.Level);
        foreach (var reason in verdict.Reasons)
        {
            yield return "";
            var (line, underline) = Underline.Of(command, reason.Span);
            if (line.Length > 0)
            {
                yield return $"{Indent}{line}";
                yield return $"{Indent}{Paint(paint, reason.Level, underline)}";
            }

            yield return $"{Indent}{paint.Risk(reason.Level)}: {Plain.Line(reason.Message)} {paint.Faint($"({reason.Rule})")}";
        }
    }

    private static string Paint(Paint paint, RiskLevel level, string underline) => level switch
    {
        RiskLevel.Safe => paint.Good(underline),
        RiskLevel.Caution => paint.Bold(underline),
        _ => paint.Bad(underline),
    };
}
