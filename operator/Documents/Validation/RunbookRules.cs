using System.Text;
using RunbookOperator.Api;

namespace RunbookOperator.Documents.Validation;

/// <summary>What concerns a runbook as a whole.</summary>
internal static class RunbookRules
{
    public static void Check(ValidationContext context)
    {
        var size = CanonicalJson.Bytes(context.Content).Length;
        if (size > Limits.RunbookBytes)
        {
            context.Error(RuleIds.Size, "metadata.name", $"the runbook has {size} bytes as JSON; the most is {Limits.RunbookBytes}");
        }

        if (context.Spec.Owner is not { Length: > 0 })
        {
            context.Problems.Warning(RuleIds.Owner, context.At("spec"), "the runbook has no owner");
        }

        foreach (var place in context.Steps)
        {
            if (place.Step.Run is { } run && Encoding.UTF8.GetByteCount(run) is > Limits.Run and var bytes)
            {
                context.Error(RuleIds.Bounds, $"{place.Path}.run", $"{place.Path}.run has {bytes} bytes; the most is {Limits.Run}");
            }
        }
    }
}
