namespace RunbookOperator.Kubernetes;

/// <summary>v1 ServiceAccount.</summary>
public sealed record ServiceAccount : KubernetesObject, IKubernetesObject<ServiceAccount>
{
    /// <inheritdoc/>
    public static ResourceDefinition Definition { get; } = new("", "v1", "ServiceAccount", "serviceaccounts");

    /// <summary>Whether its Pods get its token without asking; null means yes.</summary>
    public bool? AutomountServiceAccountToken { get; init; }
}
