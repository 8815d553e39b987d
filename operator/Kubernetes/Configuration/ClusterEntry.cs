namespace RunbookOperator.Kubernetes;

/// <summary>An entry of <c>clusters</c>: where the server is, and how to know it.</summary>
internal static class ClusterEntry
{
    private static readonly string[] ServerSchemes = ["https", "http"];
    private static readonly string[] ProxySchemes = ["http", "https", "socks5"];

    /// <param name="named">The entry.</param>
    /// <param name="told">What a program that gives credentials is told of the cluster.</param>
    public static ClusterConfig Resolve(NamedCluster named, out ExecCluster told)
    {
        var place = new Place(named.File, $"cluster \"{named.Name}\"");
        var cluster = named.Cluster ?? new KubeconfigCluster();
        var material = new Material(cluster.CertificateAuthorityData, cluster.CertificateAuthority, "certificate-authority", place);
        if (cluster.InsecureSkipTlsVerify && material.IsSet)
        {
            throw place.Error("insecure-skip-tls-verify", "contradicts certificate-authority.");
        }

        var now = material.IsSet ? material.Open(TimeProvider.System)() : null;
        told = new ExecCluster(
            cluster.Server, cluster.TlsServerName, cluster.InsecureSkipTlsVerify, now, cluster.ProxyUrl, cluster.ExecExtension());
        return new ClusterConfig
        {
            Server = Address(cluster.Server, "server", ServerSchemes, place) ?? throw place.Error("server", "is missing."),
            CertificateAuthorities = now is null ? null : Authorities.FromPem(now, place),
            RenewedAuthorities = material.IsFile
                ? time => new Renewed<System.Security.Cryptography.X509Certificates.X509Certificate2Collection>(
                    material.Open(time), pem => Authorities.FromPem(pem, place)).Get
                : null,
            TlsServerName = string.IsNullOrEmpty(cluster.TlsServerName) ? null : cluster.TlsServerName,
            InsecureSkipTlsVerify = cluster.InsecureSkipTlsVerify,
            Proxy = Address(cluster.ProxyUrl, "proxy-url", ProxySchemes, place),
        };
    }

    // The address is not repeated: that of a proxy may hold a password.
    private static Uri? Address(string? text, string field, string[] schemes, Place place)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var address) && schemes.Contains(address.Scheme) && address.Host.Length > 0
            ? address
            : throw place.Error(field, $"is no address that begins with {string.Join(" or ", schemes.Select(scheme => $"{scheme}://"))}.");
    }
}
