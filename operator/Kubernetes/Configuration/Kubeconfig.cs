using System.Text.Json.Serialization;

namespace RunbookOperator.Kubernetes;

/// <summary>v1 Config: a kubeconfig file. The names on the wire are in kebab-case, but for a few.</summary>
internal sealed record Kubeconfig
{
    public string? CurrentContext { get; init; }

    public List<NamedCluster>? Clusters { get; init; }

    public List<NamedUser>? Users { get; init; }

    public List<NamedContext>? Contexts { get; init; }
}

internal sealed record NamedCluster(string Name, KubeconfigCluster? Cluster);

internal sealed record NamedUser(string Name, KubeconfigUser? User);

internal sealed record NamedContext(string Name, KubeconfigContext? Context);

internal sealed record KubeconfigContext(string? Cluster, string? User, string? Namespace);

internal sealed record KubeconfigCluster
{
    public string? Server { get; init; }

    public string? CertificateAuthority { get; init; }

    public string? CertificateAuthorityData { get; init; }

    public string? TlsServerName { get; init; }

    public bool InsecureSkipTlsVerify { get; init; }

    public string? ProxyUrl { get; init; }
}

internal sealed record KubeconfigUser
{
    public string? Token { get; init; }

    [JsonPropertyName("tokenFile")]
    public string? TokenFile { get; init; }

    public string? ClientCertificate { get; init; }

    public string? ClientCertificateData { get; init; }

    public string? ClientKey { get; init; }

    public string? ClientKeyData { get; init; }

    public string? As { get; init; }

    public List<string>? AsGroups { get; init; }

    public string? AsUid { get; init; }

    public Dictionary<string, List<string>>? AsUserExtra { get; init; }

    public string? Username { get; init; }

    public ExecConfig? Exec { get; init; }

    public Dictionary<string, object>? AuthProvider { get; init; }

    public override string ToString() => "KubeconfigUser";
}

/// <summary>A program that prints the credential.</summary>
internal sealed record ExecConfig
{
    [JsonPropertyName("apiVersion")]
    public string? ApiVersion { get; init; }

    public string? Command { get; init; }

    public List<string>? Args { get; init; }

    public List<ExecVariable>? Env { get; init; }

    [JsonPropertyName("installHint")]
    public string? InstallHint { get; init; }

    [JsonPropertyName("provideClusterInfo")]
    public bool ProvideClusterInfo { get; init; }

    [JsonPropertyName("interactiveMode")]
    public string? InteractiveMode { get; init; }

    public override string ToString() => $"ExecConfig {Command}";
}

internal sealed record ExecVariable(string Name, string Value);
