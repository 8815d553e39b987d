using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace RunbookOperator.Kubernetes;

/// <content>How the connection is made.</content>
public sealed partial record ClusterConfig
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(15);

    internal HttpMessageHandler CreateHandler(TimeProvider time)
    {
        Func<X509Certificate2Collection?> authorities = RenewedAuthorities is { } renewed ? renewed(time) : () => CertificateAuthorities;
        return new CredentialHandler(Credentials?.Invoke(time) ?? UserCredentials.None, TlsServerName)
        {
            InnerHandler = new TransportHandler(
                (certificate, trusted) => new Transport(() => CreateSockets(certificate, trusted)), authorities),
        };
    }

    private SocketsHttpHandler CreateSockets(ClientCertificate? certificate, X509Certificate2Collection? authorities) => new()
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
        Proxy = Proxy is null ? null : ProxyOf(Proxy),
        // Users and groups may have any name.
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        SslOptions = CreateSslOptions(certificate, authorities),
    };

    private static WebProxy ProxyOf(Uri address)
    {
        if (address.UserInfo.Length == 0)
        {
            return new WebProxy(address);
        }

        var parts = address.UserInfo.Split(':', 2);
        return new WebProxy(new UriBuilder(address) { UserName = "", Password = "" }.Uri)
        {
            Credentials = new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : ""),
        };
    }

    private SslClientAuthenticationOptions CreateSslOptions(ClientCertificate? certificate, X509Certificate2Collection? authorities)
    {
        var options = new SslClientAuthenticationOptions { ClientCertificateContext = certificate?.Context };
        if (authorities is not null)
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
