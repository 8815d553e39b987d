namespace RunbookOperator.Kubernetes;

/// <summary>v1 PodSecurityContext: who the processes of all containers are.</summary>
public sealed record PodSecurityContext
{
    /// <summary>The kubelet refuses to start a process as root.</summary>
    public bool? RunAsNonRoot { get; init; }

    /// <summary>The user id.</summary>
    public long? RunAsUser { get; init; }

    /// <summary>The group id.</summary>
    public long? RunAsGroup { get; init; }

    /// <summary>The group that owns mounted volumes.</summary>
    public long? FsGroup { get; init; }

    /// <summary>Which system calls are allowed.</summary>
    public SeccompProfile? SeccompProfile { get; init; }
}

/// <summary>v1 SecurityContext: what the processes of one container may do.</summary>
public sealed record SecurityContext
{
    /// <summary>Whether a process may gain more than its parent had.</summary>
    public bool? AllowPrivilegeEscalation { get; init; }

    /// <summary>Whether it is root on the node.</summary>
    public bool? Privileged { get; init; }

    /// <summary>Whether the image's files may be changed.</summary>
    public bool? ReadOnlyRootFilesystem { get; init; }

    /// <summary>The kubelet refuses to start a process as root.</summary>
    public bool? RunAsNonRoot { get; init; }

    /// <summary>The user id.</summary>
    public long? RunAsUser { get; init; }

    /// <summary>Linux capabilities.</summary>
    public Capabilities? Capabilities { get; init; }

    /// <summary>Which system calls are allowed.</summary>
    public SeccompProfile? SeccompProfile { get; init; }
}

/// <summary>v1 Capabilities, by name without <c>CAP_</c>; <c>ALL</c> for all.</summary>
public sealed record Capabilities
{
    /// <summary>Given.</summary>
    public List<string>? Add { get; init; }

    /// <summary>Taken away.</summary>
    public List<string>? Drop { get; init; }
}

/// <summary>v1 SeccompProfile.</summary>
/// <param name="Type"><c>RuntimeDefault</c>, <c>Localhost</c> or <c>Unconfined</c>.</param>
/// <param name="LocalhostProfile">The file, for <c>Localhost</c>.</param>
public sealed record SeccompProfile(string Type, string? LocalhostProfile = null);
