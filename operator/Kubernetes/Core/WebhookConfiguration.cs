namespace RunbookOperator.Kubernetes;

/// <summary>admissionregistration.k8s.io/v1 MutatingWebhookConfiguration.</summary>
public sealed record MutatingWebhookConfiguration : KubernetesObject, IKubernetesObject<MutatingWebhookConfiguration>
{
    /// <inheritdoc/>
    public static ResourceDefinition Definition { get; } =
        new("admissionregistration.k8s.io", "v1", "MutatingWebhookConfiguration", "mutatingwebhookconfigurations", Namespaced: false);

    /// <summary>The webhooks, merged by name.</summary>
    public List<AdmissionWebhook>? Webhooks { get; init; }
}

/// <summary>admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration.</summary>
public sealed record ValidatingWebhookConfiguration : KubernetesObject, IKubernetesObject<ValidatingWebhookConfiguration>
{
    /// <inheritdoc/>
    public static ResourceDefinition Definition { get; } =
        new("admissionregistration.k8s.io", "v1", "ValidatingWebhookConfiguration", "validatingwebhookconfigurations", Namespaced: false);

    /// <summary>The webhooks, merged by name.</summary>
    public List<AdmissionWebhook>? Webhooks { get; init; }
}

/// <summary>One webhook: where, for what, and what if it does not answer.</summary>
public sealed record AdmissionWebhook
{
    /// <summary>A qualified name, such as <c>approvals.runbooks.dev</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is.</summary>
    public required WebhookClientConfig ClientConfig { get; init; }

    /// <summary>Which requests it sees.</summary>
    public List<RuleWithOperations>? Rules { get; init; }

    /// <summary>Which namespaces it sees; null for all.</summary>
    public LabelSelector? NamespaceSelector { get; init; }

    /// <summary>Which objects it sees; null for all.</summary>
    public LabelSelector? ObjectSelector { get; init; }

    /// <summary><c>Fail</c> or <c>Ignore</c>.</summary>
    public string? FailurePolicy { get; init; }

    /// <summary><c>Exact</c> or <c>Equivalent</c>.</summary>
    public string? MatchPolicy { get; init; }

    /// <summary><c>None</c>, or <c>NoneOnDryRun</c>.</summary>
    public required string SideEffects { get; init; }

    /// <summary>1 to 30 seconds.</summary>
    public int? TimeoutSeconds { get; init; }

    /// <summary>The versions of AdmissionReview it understands.</summary>
    public required List<string> AdmissionReviewVersions { get; init; }

    /// <summary><c>Never</c> or <c>IfNeeded</c>; mutating webhooks only.</summary>
    public string? ReinvocationPolicy { get; init; }
}

/// <summary>Either a URL or a Service.</summary>
public sealed record WebhookClientConfig
{
    /// <summary>An https URL.</summary>
    public string? Url { get; init; }

    /// <summary>A Service inside the cluster.</summary>
    public WebhookServiceReference? Service { get; init; }

    /// <summary>PEM of the authorities that may have signed the webhook's certificate.</summary>
    public byte[]? CaBundle { get; init; }
}

/// <summary>A Service that answers a webhook.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Path">The path of the request.</param>
/// <param name="Port">Its port; null for 443.</param>
public sealed record WebhookServiceReference(string Namespace, string Name, string? Path = null, int? Port = null);

/// <summary>Which requests a webhook sees.</summary>
public sealed record RuleWithOperations
{
    /// <summary><c>CREATE</c>, <c>UPDATE</c>, <c>DELETE</c>, <c>CONNECT</c> or <c>*</c>.</summary>
    public required List<string> Operations { get; init; }

    /// <summary>The API groups.</summary>
    public required List<string> ApiGroups { get; init; }

    /// <summary>The versions.</summary>
    public required List<string> ApiVersions { get; init; }

    /// <summary>The resources, such as <c>runbookapprovals</c> or <c>pods/exec</c>.</summary>
    public required List<string> Resources { get; init; }

    /// <summary><c>Cluster</c>, <c>Namespaced</c> or <c>*</c>.</summary>
    public string? Scope { get; init; }
}

/// <summary>metav1.LabelSelector.</summary>
public sealed record LabelSelector
{
    /// <summary>Labels that must be there with these values.</summary>
    public Dictionary<string, string>? MatchLabels { get; init; }

    /// <summary>Further conditions; all must hold.</summary>
    public List<LabelSelectorRequirement>? MatchExpressions { get; init; }
}

/// <summary>metav1.LabelSelectorRequirement.</summary>
/// <param name="Key">The label.</param>
/// <param name="Operator"><c>In</c>, <c>NotIn</c>, <c>Exists</c> or <c>DoesNotExist</c>.</param>
/// <param name="Values">The values, for the first two.</param>
public sealed record LabelSelectorRequirement(string Key, string Operator, List<string>? Values = null);
