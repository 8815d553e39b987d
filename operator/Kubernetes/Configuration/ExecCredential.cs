using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunbookOperator.Kubernetes;

/// <summary>What an exec plugin is told of the cluster.</summary>
internal sealed record ExecCluster(string? Server, string? TlsServerName, bool InsecureSkipTlsVerify, string? CertificateAuthority, string? ProxyUrl);

/// <summary>client.authentication.k8s.io ExecCredential, in both directions.</summary>
internal static class ExecCredential
{
    private static readonly string[] Versions = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"];

    /// <summary>The content of KUBERNETES_EXEC_INFO.</summary>
    public static string Info(ExecConfig exec, ExecCluster cluster)
    {
        var spec = new JsonObject { ["interactive"] = false };
        if (exec.ProvideClusterInfo)
        {
            spec["cluster"] = new JsonObject
            {
                ["server"] = cluster.Server,
                ["tls-server-name"] = cluster.TlsServerName,
                ["insecure-skip-tls-verify"] = cluster.InsecureSkipTlsVerify,
                ["certificate-authority-data"] =
                    cluster.CertificateAuthority is { } pem ? Convert.ToBase64String(Encoding.UTF8.GetBytes(pem)) : null,
                ["proxy-url"] = cluster.ProxyUrl,
            };
        }

        return new JsonObject { ["apiVersion"] = Version(exec), ["kind"] = "ExecCredential", ["spec"] = spec }.ToJsonString();
    }

    /// <summary>Reads what the plugin printed. Errors name the plugin, never its output.</summary>
    public static (Credential Credential, DateTimeOffset? Expires) Parse(ExecConfig exec, string output)
    {
        Answer? answer;
        try
        {
            answer = JsonSerializer.Deserialize<Answer>(output, KubernetesJson.Options);
        }
        catch (JsonException exception)
        {
            throw new ConfigurationException($"{exec.Command} did not print an ExecCredential (at {exception.Path}).");
        }

        if (answer?.ApiVersion != Version(exec))
        {
            throw new ConfigurationException($"{exec.Command} answered in version {answer?.ApiVersion}, not {Version(exec)}.");
        }

        var certificate = answer.Status is { ClientCertificateData: { } pem, ClientKeyData: { } key }
            ? ClientCertificate.FromPem(pem, key, exec.Command!)
            : null;
        return answer.Status?.Token is null && certificate is null
            ? throw new ConfigurationException($"{exec.Command} printed neither a token nor a certificate.")
            : (new Credential(answer.Status?.Token, certificate), answer.Status?.ExpirationTimestamp);
    }

    private static string Version(ExecConfig exec) => Versions.Contains(exec.ApiVersion)
        ? exec.ApiVersion!
        : throw new ConfigurationException($"exec.apiVersion {exec.ApiVersion} is not one of {string.Join(", ", Versions)}.");

    private sealed record Answer(string? ApiVersion, AnswerStatus? Status);

    private sealed record AnswerStatus(string? Token, string? ClientCertificateData, string? ClientKeyData, DateTimeOffset? ExpirationTimestamp);
}
