using RunbookOperator.Api;
using RunbookOperator.Cli.Rendering;

namespace RunbookOperator.Cli.Runs;

/// <summary>What a decision is about, in full: nothing is cut that somebody answers for.</summary>
internal static class StepView
{
    private const int LabelWidth = 9;

    /// <summary>Command, risk and why, the account, what undoes it, and what is awaited.</summary>
    public static IEnumerable<string> Lines(StepStatus step, Paint paint)
    {
        foreach (var line in Field("command", Plain.Lines(step.Command).Select(paint.Bold)))
        {
            yield return line;
        }

        IEnumerable<string> risk = step.Risk is null ? [] : [paint.Risk(step.Risk), .. (step.Reasons ?? []).Select(Plain.Line)];
        foreach (var line in Field("risk", risk).Concat(Field("as", Plain.Lines(step.ServiceAccount))))
        {
            yield return line;
        }

        foreach (var line in Field("undo", Plain.Lines(step.Undo ?? NoUndo(step))).Concat(Field("state", Plain.Lines(step.Message))))
        {
            yield return line;
        }
    }

    // A step that only reads, and one that a person does, have nothing to undo.
    private static string? NoUndo(StepStatus step) =>
        step.Risk is "caution" or "dangerous" && !string.IsNullOrEmpty(step.ServiceAccount) ? "nothing that is known" : null;

    private static IEnumerable<string> Field(string label, IEnumerable<string> lines)
    {
        var first = true;
        foreach (var line in lines)
        {
            yield return $"{(first ? label : "").PadRight(LabelWidth)}{line}";
            first = false;
        }
    }
}
