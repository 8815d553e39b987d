using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>Which lease decides, and how patiently.</summary>
public sealed record LeaderElectorOptions
{
    /// <summary>The lease.</summary>
    public required NamespacedName Lease { get; init; }

    /// <summary>Who this process is: unique among all that have ever tried, such as the Pod's name and a random part.</summary>
    public required string Identity { get; init; }

    /// <summary>How long others wait after the last renewal they saw. Default 15 seconds.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the leader tries to renew before it gives up. Less than <see cref="LeaseDuration"/>. Default 10 seconds.</summary>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long between two tries. Default 2 seconds.</summary>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(2);
}
