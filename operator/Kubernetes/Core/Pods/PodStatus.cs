namespace RunbookOperator.Kubernetes;

/// <summary>v1 PodStatus.</summary>
public sealed record PodStatus
{
    /// <summary><c>Pending</c>, <c>Running</c>, <c>Succeeded</c>, <c>Failed</c> or <c>Unknown</c>.</summary>
    public string? Phase { get; init; }

    /// <summary>One CamelCase word, such as <c>Evicted</c> or <c>DeadlineExceeded</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>A sentence for a person.</summary>
    public string? Message { get; init; }

    /// <summary>When the kubelet took it; absent while it is not placed.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>The address of the Pod.</summary>
    public string? PodIP { get; init; }

    /// <summary><c>PodScheduled</c>, <c>Ready</c> and others.</summary>
    public List<PodCondition>? Conditions { get; init; }

    /// <summary>One for each container.</summary>
    public List<ContainerStatus>? ContainerStatuses { get; init; }

    /// <summary>One for each init container.</summary>
    public List<ContainerStatus>? InitContainerStatuses { get; init; }
}

/// <summary>v1 PodCondition.</summary>
public sealed record PodCondition
{
    /// <summary>The aspect.</summary>
    public required string Type { get; init; }

    /// <summary><c>True</c>, <c>False</c> or <c>Unknown</c>.</summary>
    public required string Status { get; init; }

    /// <summary>When <see cref="Status"/> last changed.</summary>
    public DateTimeOffset? LastTransitionTime { get; init; }

    /// <summary>One CamelCase word: why.</summary>
    public string? Reason { get; init; }

    /// <summary>A sentence for a person.</summary>
    public string? Message { get; init; }
}

/// <summary>v1 ContainerStatus.</summary>
public sealed record ContainerStatus
{
    /// <summary>The container.</summary>
    public required string Name { get; init; }

    /// <summary>What it does now.</summary>
    public ContainerState? State { get; init; }

    /// <summary>What it did before its last restart.</summary>
    public ContainerState? LastState { get; init; }

    /// <summary>Whether it is ready.</summary>
    public bool Ready { get; init; }

    /// <summary>How often it was restarted.</summary>
    public int RestartCount { get; init; }
}

/// <summary>v1 ContainerState. At most one is set; none means waiting.</summary>
public sealed record ContainerState
{
    /// <summary>Not yet running.</summary>
    public ContainerStateWaiting? Waiting { get; init; }

    /// <summary>Running.</summary>
    public ContainerStateRunning? Running { get; init; }

    /// <summary>Ended.</summary>
    public ContainerStateTerminated? Terminated { get; init; }
}

/// <summary>v1 ContainerStateWaiting.</summary>
/// <param name="Reason">Such as <c>ImagePullBackOff</c>.</param>
/// <param name="Message">A sentence for a person.</param>
public sealed record ContainerStateWaiting(string? Reason = null, string? Message = null);

/// <summary>v1 ContainerStateRunning.</summary>
/// <param name="StartedAt">Since when.</param>
public sealed record ContainerStateRunning(DateTimeOffset? StartedAt = null);

/// <summary>v1 ContainerStateTerminated.</summary>
public sealed record ContainerStateTerminated
{
    /// <summary>The exit code; over 128 for a signal.</summary>
    public required int ExitCode { get; init; }

    /// <summary>Such as <c>Completed</c>, <c>Error</c> or <c>OOMKilled</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>The termination message.</summary>
    public string? Message { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }
}
