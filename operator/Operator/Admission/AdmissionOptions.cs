using RunbookOperator.Kubernetes;

namespace RunbookOperator.Admission;

/// <summary>Where the API server finds the webhooks, and whose writes they treat as the operator's own.</summary>
internal sealed record AdmissionOptions
{
    /// <summary>The port that the webhooks are served on, with TLS.</summary>
    public const int Port = 8443;

    /// <summary>Name of both webhook configurations. Defaults to <c>runbook-operator</c>.</summary>
    public string Name { get; init; } = "runbook-operator";

    /// <summary>The operator's namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The Service in front of the operator. Defaults to <c>runbook-operator</c>.</summary>
    public string Service { get; init; } = "runbook-operator";

    /// <summary>The Service's port. Defaults to 443.</summary>
    public int ServicePort { get; init; } = 443;

    /// <summary>The user that the operator itself is, such as <c>system:serviceaccount:runbooks:runbook-operator</c>.</summary>
    public required string OperatorUsername { get; init; }

    /// <summary>For an operator outside the cluster: where the API server reaches it, in place of the Service.</summary>
    public Uri? Url { get; init; }

    /// <summary>Which namespaces the webhooks see; null for all. A namespace that they do not see has no valid decisions.</summary>
    public LabelSelector? NamespaceSelector { get; init; }

    /// <summary>The host names and addresses that the serving certificate is for.</summary>
    public IReadOnlyList<string> ServerNames => Url is null ? [$"{Service}.{Namespace}.svc"] : [$"{Service}.{Namespace}.svc", Url.Host];
}
