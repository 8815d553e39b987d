using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Generator;

/// <summary>The bounds of metav1.Condition, as Kubernetes' own types declare them. They stand here because the Kubernetes project knows
/// nothing of schemas.</summary>
internal static class ConditionBounds
{
    private const string TypePattern =
        "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$";

    private const string ReasonPattern = "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$";

    /// <summary>The bounds of a member of <see cref="Condition"/>.</summary>
    public static Bounds Of(string property) => property switch
    {
        nameof(Condition.Type) => new Bounds { Text = new TextAttribute(316) { Pattern = TypePattern } },
        nameof(Condition.Status) => new Bounds
        {
            Text = new TextAttribute(16) { Values = [ConditionStatus.True, ConditionStatus.False, ConditionStatus.Unknown] },
        },
        nameof(Condition.ObservedGeneration) => new Bounds { Range = new RangeAttribute(0, long.MaxValue) },
        nameof(Condition.Reason) => new Bounds { Text = new TextAttribute(1024) { Minimum = 1, Pattern = ReasonPattern } },
        nameof(Condition.Message) => new Bounds { Text = new TextAttribute(32768) },
        _ => new Bounds(),
    };
}
