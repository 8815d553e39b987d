namespace RunbookOperator.Kubernetes;

/// <summary>v1 Pod, as far as it is used.</summary>
public sealed record Pod : KubernetesObject, IKubernetesObject<Pod>
{
    /// <inheritdoc/>
    public static ResourceDefinition Definition { get; } = new("", "v1", "Pod", "pods");

    /// <summary>What is to run.</summary>
    public PodSpec? Spec { get; init; }

    /// <summary>What runs.</summary>
    public PodStatus? Status { get; init; }
}

/// <summary>v1 PodSpec.</summary>
public sealed record PodSpec
{
    /// <summary>The containers, started together.</summary>
    public List<Container>? Containers { get; init; }

    /// <summary>Containers that run to their end before the others start.</summary>
    public List<Container>? InitContainers { get; init; }

    /// <summary>What the containers may mount.</summary>
    public List<Volume>? Volumes { get; init; }

    /// <summary><c>Always</c>, <c>OnFailure</c> or <c>Never</c>.</summary>
    public string? RestartPolicy { get; init; }

    /// <summary>The service account it runs as; null for <c>default</c>.</summary>
    public string? ServiceAccountName { get; init; }

    /// <summary>Whether the account's token is mounted without asking.</summary>
    public bool? AutomountServiceAccountToken { get; init; }

    /// <summary>Whether variables for every Service of the namespace are set; null means yes.</summary>
    public bool? EnableServiceLinks { get; init; }

    /// <summary>After how many seconds of running it is killed.</summary>
    public long? ActiveDeadlineSeconds { get; init; }

    /// <summary>Seconds between the request to end and the kill.</summary>
    public long? TerminationGracePeriodSeconds { get; init; }

    /// <summary>Who the processes are.</summary>
    public PodSecurityContext? SecurityContext { get; init; }

    /// <summary>Secrets for private registries.</summary>
    public List<LocalObjectReference>? ImagePullSecrets { get; init; }

    /// <summary>Labels a node must have.</summary>
    public Dictionary<string, string>? NodeSelector { get; init; }

    /// <summary>The node it was placed on.</summary>
    public string? NodeName { get; init; }
}

/// <summary>v1 LocalObjectReference: an object of the same namespace.</summary>
/// <param name="Name">Its name.</param>
public sealed record LocalObjectReference(string Name);
