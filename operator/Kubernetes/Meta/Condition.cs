namespace RunbookOperator.Kubernetes;

/// <summary>metav1.Condition: one aspect of an object's observed state.</summary>
public sealed record Condition
{
    /// <summary>The aspect, in PascalCase, such as <c>Ready</c>.</summary>
    public required string Type { get; init; }

    /// <summary><c>True</c>, <c>False</c> or <c>Unknown</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The generation of the object this was observed for.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>When <see cref="Status"/> last changed.</summary>
    public required DateTimeOffset LastTransitionTime { get; init; }

    /// <summary>One CamelCase word: why.</summary>
    public required string Reason { get; init; }

    /// <summary>A sentence for a person.</summary>
    public required string Message { get; init; }
}

/// <summary>The three values of <see cref="Condition.Status"/>.</summary>
public static class ConditionStatus
{
    /// <summary>The aspect holds.</summary>
    public const string True = "True";

    /// <summary>The aspect does not hold.</summary>
    public const string False = "False";

    /// <summary>Not known, or not decided yet.</summary>
    public const string Unknown = "Unknown";
}
