using RunbookOperator.Api;

namespace RunbookOperator.Executions;

/// <summary>How runs are run.</summary>
public sealed record ExecutionOptions
{
    /// <summary>Image of <c>run</c> steps: bash, kubectl, jq, awk, curl.</summary>
    public required string StepImage { get; init; }

    /// <summary>How often a running Pod is looked at even if its watch says nothing. Default 10 s.</summary>
    public TimeSpan PodPoll { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long after the end of a command its log is still asked for. Default 1 minute.</summary>
    public TimeSpan LogPatience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long after the end of a run its Pods stay. Default 10 minutes.</summary>
    public TimeSpan PodsKept { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>An act is sent only while this much of the lease is left. Default 7.5 s, half of a lease.</summary>
    public TimeSpan LeaseNeeded { get; init; } = TimeSpan.FromSeconds(7.5);

    /// <summary>Removes secrets from outputs.</summary>
    public Redactor Redactor { get; init; } = new();

    /// <summary>Cancelled when the operator stops.</summary>
    public CancellationToken Stopping { get; init; }
}
