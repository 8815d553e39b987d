namespace RunbookOperator.Runtime;

/// <summary>Who tells.</summary>
public sealed record EventRecorderOptions
{
    /// <summary>The controller, as a qualified name. Default <c>runbooks.dev/operator</c>.</summary>
    public string ReportingController { get; init; } = "runbooks.dev/operator";

    /// <summary>The instance, such as the Pod's name. At most 128 characters.</summary>
    public required string ReportingInstance { get; init; }
}
