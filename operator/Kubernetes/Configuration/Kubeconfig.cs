using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace RunbookOperator.Kubernetes;

/// <summary>v1 Config: a kubeconfig file. The names on the wire are in kebab-case, but for a few.</summary>
internal sealed record Kubeconfig
{
    public string? CurrentContext { get; init; }

    public List<NamedCluster>? Clusters { get; init; }

    public List<NamedUser>? Users { get; init; }

    public List<NamedContext>? Contexts { get; init; }

    /// <summary>The files it was read from, for errors.</summary>
    [JsonIgnore]
    public string Names { get; set; } = "kubeconfig";
}

/// <summary>What all entries have: a name, and the file they come from.</summary>
internal abstract record NamedEntry(string Name)
{
    [JsonIgnore]
    public string File { get; set; } = "kubeconfig";
}

internal sealed record NamedCluster(string Name, KubeconfigCluster? Cluster) : NamedEntry(Name);

internal sealed record NamedUser(string Name, KubeconfigUser? User) : NamedEntry(Name);

internal sealed record NamedContext(string Name, KubeconfigContext? Context) : NamedEntry(Name);

internal sealed record KubeconfigContext(string? Cluster, string? User, string? Namespace);

internal sealed record KubeconfigCluster
{
    public string? Server { get; init; }

    public string? CertificateAuthority { get; init; }

    public string? CertificateAuthorityData { get; init; }

    public string? TlsServerName { get; init; }

    public bool InsecureSkipTlsVerify { get; init; }

    public string? ProxyUrl { get; init; }

    public List<KubeconfigExtension>? Extensions { get; init; }

    /// <summary>What the file says of the cluster to programs that give credentials.</summary>
    public JsonNode? ExecExtension() => Extensions?.Find(extension => extension.Name == ExecCredential.ExtensionName)?.Extension;
}

/// <summary>Anything, by name.</summary>
internal sealed record KubeconfigExtension(string Name, JsonNode? Extension);

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

    public string? Password { get; init; }

    public ExecConfig? Exec { get; init; }

    public AuthProviderConfig? AuthProvider { get; init; }

    public override string ToString() => "KubeconfigUser";
}

/// <summary>A way to get credentials that kubectl had built in.</summary>
internal sealed record AuthProviderConfig(string? Name);

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

/// <summary>Generated code for kubeconfig files.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Kubeconfig))]
internal sealed partial class KubeconfigJson : JsonSerializerContext;
