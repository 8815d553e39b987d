namespace RunbookOperator.Runtime;

/// <summary>How a controller works.</summary>
public sealed record ControllerOptions
{
    /// <summary>How many keys are in work at once. Default 4.</summary>
    public int Workers { get; init; } = 4;

    /// <summary>How long one pass may take before it is cancelled and retried. Default 5 minutes.</summary>
    public TimeSpan ReconcileTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long passes under way may go on after the controller was asked to stop; then they are cancelled. Default 15 seconds.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(15);
}
