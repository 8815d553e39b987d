using System.Text;
using System.Text.Json;
using RunbookOperator.Api;

namespace RunbookOperator.Executions;

/// <summary>Keeps the outputs of a run within their bound together: the oldest are cut first.</summary>
internal static class OutputBudget
{
    /// <summary>The steps, with outputs cut until all together fit.</summary>
    public static List<StepStatus> Apply(IReadOnlyList<StepStatus> steps)
    {
        var result = steps.ToList();
        var size = result.Sum(step => Encoded(step.Output) + Encoded(step.Rollback?.Output));
        for (var i = 0; i < result.Count && size > Limits.OutputsTogether; i++)
        {
            if (Cut(result[i].Output) is { } cut)
            {
                size += Encoded(cut) - Encoded(result[i].Output);
                result[i] = result[i] with { Output = cut, Truncated = true };
            }
        }

        for (var i = 0; i < result.Count && size > Limits.OutputsTogether; i++)
        {
            if (result[i].Rollback is { } undo && Cut(undo.Output) is { } cut)
            {
                size += Encoded(cut) - Encoded(undo.Output);
                result[i] = result[i] with { Rollback = undo with { Output = cut, Truncated = true } };
            }
        }

        return result;
    }

    private static string? Cut(string? output) =>
        output is not null && Encoding.UTF8.GetByteCount(output) > Limits.OutputCut ? Utf8Tail.Of(output, Limits.OutputCut) : null;

    private static int Encoded(string? output) => output is null ? 0 : JsonEncodedText.Encode(output).EncodedUtf8Bytes.Length;
}
