using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace RunbookOperator.Kubernetes;

/// <summary>From a merged kubeconfig and a context to a connection.</summary>
internal static class KubeconfigResolver
{
    public static ClusterConfig Resolve(Kubeconfig file, string? context)
    {
        var name = context ?? file.CurrentContext ?? throw new ConfigurationException("The kubeconfig has no current-context.");
        var chosen = file.Contexts?.Find(entry => entry.Name == name)?.Context
            ?? throw new ConfigurationException($"The kubeconfig has no context \"{name}\".");
        var cluster = file.Clusters?.Find(entry => entry.Name == chosen.Cluster)?.Cluster
            ?? throw new ConfigurationException($"Context \"{name}\" names the cluster \"{chosen.Cluster}\", which is not there.");
        var user = string.IsNullOrEmpty(chosen.User)
            ? new KubeconfigUser()
            : file.Users?.Find(entry => entry.Name == chosen.User)?.User
                ?? throw new ConfigurationException($"Context \"{name}\" names the user \"{chosen.User}\", which is not there.");

        var authority = Material(cluster.CertificateAuthorityData, cluster.CertificateAuthority, "certificate-authority");
        return new ClusterConfig
        {
            Server = Address(cluster.Server, "server") ?? throw new ConfigurationException($"Cluster \"{chosen.Cluster}\" has no server."),
            Namespace = chosen.Namespace,
            CertificateAuthorities = authority is null ? null : Authorities(authority),
            TlsServerName = cluster.TlsServerName,
            InsecureSkipTlsVerify = cluster.InsecureSkipTlsVerify,
            Proxy = Address(cluster.ProxyUrl, "proxy-url"),
            Impersonate = Impersonate(user),
            Credentials = Credentials(user, new ExecCluster(cluster.Server, cluster.TlsServerName, cluster.InsecureSkipTlsVerify, authority, cluster.ProxyUrl)),
        };
    }

    private static Func<TimeProvider, ICredentialSource> Credentials(KubeconfigUser user, ExecCluster cluster)
    {
        RefuseUnsupported(user);
        var certificate = Certificate(user);
        return user switch
        {
            { Exec: { } exec } => time => new ExecCredentials(exec, cluster, time),
            { TokenFile: { } path } => time => new TokenFileCredentials(path, time, certificate),
            _ => _ => new FixedCredentials(new Credential(user.Token, certificate)),
        };
    }

    // Ignoring one of these would act as somebody else than the file says.
    private static void RefuseUnsupported(KubeconfigUser user)
    {
        var field = user switch
        {
            { AuthProvider: not null } => "auth-provider",
            { Username: not null } => "username",
            { AsUid: not null } => "as-uid",
            { AsUserExtra: not null } => "as-user-extra",
            _ => null,
        };
        if (field is not null)
        {
            throw new ConfigurationException($"The kubeconfig's user has the field {field}, which is not supported.");
        }
    }

    private static Impersonation? Impersonate(KubeconfigUser user) => user switch
    {
        { As: { Length: > 0 } name } => new Impersonation(name, user.AsGroups ?? []),
        { AsGroups.Count: > 0 } => throw new ConfigurationException("The kubeconfig's user has as-groups without as."),
        _ => null,
    };

    private static X509Certificate2? Certificate(KubeconfigUser user)
    {
        var certificate = Material(user.ClientCertificateData, user.ClientCertificate, "client-certificate");
        var key = Material(user.ClientKeyData, user.ClientKey, "client-key");
        return (certificate, key) switch
        {
            (null, null) => null,
            (null, _) => throw new ConfigurationException("The kubeconfig's user has a client-key without a client-certificate."),
            (_, null) => throw new ConfigurationException("The kubeconfig's user has a client-certificate without a client-key."),
            _ => ClientCertificate.FromPem(certificate, key, "client-certificate and client-key"),
        };
    }

    private static X509Certificate2Collection Authorities(string pem)
    {
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPem(pem);
            return authorities.Count > 0 ? authorities : throw new ConfigurationException("certificate-authority holds no certificate.");
        }
        catch (CryptographicException exception)
        {
            throw new ConfigurationException($"certificate-authority cannot be used: {exception.Message}", exception);
        }
    }

    // The data wins over the file, as in kubectl.
    private static string? Material(string? data, string? path, string field)
    {
        try
        {
            return !string.IsNullOrEmpty(data) ? Encoding.UTF8.GetString(Convert.FromBase64String(data))
                : path is not null ? File.ReadAllText(path)
                : null;
        }
        catch (FormatException exception)
        {
            throw new ConfigurationException($"{field}-data is not base64.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{field}: {exception.Message}", exception);
        }
    }

    private static Uri? Address(string? text, string field)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var address)
            ? address
            : throw new ConfigurationException($"{field} is no address: \"{text}\".");
    }
}
