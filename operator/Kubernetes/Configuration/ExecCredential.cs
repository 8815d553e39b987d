using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunbookOperator.Kubernetes;

/// <summary>What an exec plugin is told of the cluster.</summary>
internal sealed record ExecCluster(
    string? Server, string? TlsServerName, bool InsecureSkipTlsVerify, string? CertificateAuthority, string? ProxyUrl, JsonNode? Config = null);

/// <summary>client.authentication.k8s.io ExecCredential, in both directions.</summary>
internal static class ExecCredential
{
    /// <summary>The extension of a cluster that is passed on as <c>spec.cluster.config</c>.</summary>
    public const string ExtensionName = "client.authentication.k8s.io/exec";

    private const string V1 = "client.authentication.k8s.io/v1";
    private const string V1Beta1 = "client.authentication.k8s.io/v1beta1";
    private static readonly string[] Modes = ["Never", "IfAvailable", "Always"];

    /// <summary>Refuses what could not work.</summary>
    /// <param name="exec">The entry.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="terminal">Whether a person is there to answer.</param>
    public static void Check(ExecConfig exec, Place place, bool terminal)
    {
        if (string.IsNullOrEmpty(exec.Command))
        {
            throw place.Error("exec.command", "is missing.");
        }

        if (exec.ApiVersion is not (V1 or V1Beta1))
        {
            throw place.Error("exec.apiVersion", $"\"{exec.ApiVersion}\" is not one of {V1}, {V1Beta1}.");
        }

        if (string.IsNullOrEmpty(exec.InteractiveMode) ? exec.ApiVersion == V1 : !Modes.Contains(exec.InteractiveMode))
        {
            throw place.Error("exec.interactiveMode", $"\"{exec.InteractiveMode}\" is not one of {string.Join(", ", Modes)}.");
        }

        if (exec.InteractiveMode == "Always" && !terminal)
        {
            throw place.Error("exec.interactiveMode", $"is Always, but nobody is there to answer {exec.Command}: standard input is no terminal.");
        }
    }

    /// <summary>Whether the program may ask a person; without a word in v1beta1, it may.</summary>
    public static bool IsInteractive(ExecConfig exec, bool terminal) => terminal && exec.InteractiveMode != "Never";

    /// <summary>The content of KUBERNETES_EXEC_INFO.</summary>
    public static string Info(ExecConfig exec, ExecCluster cluster, bool interactive)
    {
        var spec = new JsonObject { ["interactive"] = interactive };
        if (exec.ProvideClusterInfo)
        {
            spec["cluster"] = ClusterInfo(cluster);
        }

        return new JsonObject { ["apiVersion"] = exec.ApiVersion, ["kind"] = "ExecCredential", ["spec"] = spec }.ToJsonString();
    }

    /// <summary>Reads what the plugin printed. Errors name the plugin, never its output.</summary>
    public static (Credential Credential, DateTimeOffset? Expires) Parse(ExecConfig exec, string output, Place place)
    {
        Answer? answer;
        try
        {
            answer = JsonSerializer.Deserialize(output, KubernetesJson.Options.TypeOf<Answer>());
        }
        catch (JsonException exception)
        {
            // Neither the message nor the exception itself: they may quote the output.
            throw place.Error("exec", $"{exec.Command} did not print an ExecCredential (at {exception.Path}).");
        }

        if (answer is null || answer.ApiVersion != exec.ApiVersion || answer.Kind is not (null or "ExecCredential"))
        {
            throw place.Error("exec", $"{exec.Command} answered in version {answer?.ApiVersion} {answer?.Kind}, not {exec.ApiVersion} ExecCredential.");
        }

        var status = answer.Status ?? new AnswerStatus(null, null, null, null);
        return status switch
        {
            { ClientCertificateData: { } pem, ClientKeyData: { } key } =>
                (new Credential(status.Token, ClientCertificate.FromPem(pem, key, place)), status.ExpirationTimestamp),
            { ClientCertificateData: not null } or { ClientKeyData: not null } =>
                throw place.Error("exec", $"{exec.Command} printed a certificate without its key, or a key without its certificate."),
            { Token: null } => throw place.Error("exec", $"{exec.Command} printed neither a token nor a certificate."),
            _ => (new Credential(status.Token, null), status.ExpirationTimestamp),
        };
    }

    private static JsonObject ClusterInfo(ExecCluster cluster) => new()
    {
        ["server"] = cluster.Server,
        ["tls-server-name"] = cluster.TlsServerName,
        ["insecure-skip-tls-verify"] = cluster.InsecureSkipTlsVerify,
        ["certificate-authority-data"] = cluster.CertificateAuthority is { } pem ? Convert.ToBase64String(Encoding.UTF8.GetBytes(pem)) : null,
        ["proxy-url"] = cluster.ProxyUrl,
        ["config"] = cluster.Config?.DeepClone(),
    };

    internal sealed record Answer(string? ApiVersion, string? Kind, AnswerStatus? Status);

    internal sealed record AnswerStatus(string? Token, string? ClientCertificateData, string? ClientKeyData, DateTimeOffset? ExpirationTimestamp)
    {
        public override string ToString() => nameof(AnswerStatus);
    }
}
