namespace RunbookOperator.Runtime;

/// <summary>Who tells.</summary>
public sealed record EventRecorderOptions
{
    /// <summary>The controller, as a qualified name such as <c>example.com/greeting-operator</c>.</summary>
    public required string ReportingController { get; init; }

    /// <summary>The instance, such as the Pod's name. At most 128 characters.</summary>
    public required string ReportingInstance { get; init; }
}
