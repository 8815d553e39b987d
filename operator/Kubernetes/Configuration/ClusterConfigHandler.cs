using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace RunbookOperator.Kubernetes;

/// <content>How the connection is made.</content>
public sealed partial record ClusterConfig
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(15);

    internal HttpMessageHandler CreateHandler(TimeProvider time)
    {
        var source = Credentials?.Invoke(time) ?? new FixedCredentials(new Credential(null, null));
        var credentials = new CredentialHandler(source, TlsServerName);
        credentials.InnerHandler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            ConnectTimeout = ConnectTimeout,
            EnableMultipleHttp2Connections = true,
            // Watches are silent for long; without pings a connection that died unheard of would be noticed late.
            KeepAlivePingDelay = PingDelay,
            KeepAlivePingTimeout = PingTimeout,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            Proxy = Proxy is null ? null : new WebProxy(Proxy),
            SslOptions = CreateSslOptions(credentials),
        };
        return credentials;
    }

    private SslClientAuthenticationOptions CreateSslOptions(CredentialHandler credentials)
    {
        var options = new SslClientAuthenticationOptions
        {
            LocalCertificateSelectionCallback = (_, _, _, _, _) => credentials.Certificate!,
        };
        if (CertificateAuthorities is { } authorities)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(authorities);
            options.CertificateChainPolicy = policy;
        }

        if (InsecureSkipTlsVerify)
        {
            options.RemoteCertificateValidationCallback = SkipVerification;
        }

        return options;
    }

    // Only where the kubeconfig says insecure-skip-tls-verify: true.
    private static bool SkipVerification(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        certificate is not null || errors != SslPolicyErrors.None;
}
