using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace RunbookOperator.Admission;

/// <summary>The certificate that the webhooks are served with, its key, and the authorities that the API server is to trust.</summary>
/// <param name="Certificate">The certificate, as PEM.</param>
/// <param name="Key">Its private key, as PEM.</param>
/// <param name="Authorities">The authority that signed it, and before a renewal's end the one before it, as PEM.</param>
internal sealed record ServingCertificate(string Certificate, string Key, string Authorities)
{
    /// <summary>How long a certificate is valid.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    /// <summary>The share of its life that a certificate must have left; with less it is renewed.</summary>
    public const double RenewBelow = 1.0 / 3;

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const int SerialLength = 16;

    // Clocks of the API server and of this machine may differ.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>Makes an authority, and a certificate signed by it. The authority's key is kept nowhere, so it signs nothing else.</summary>
    /// <param name="serverNames">Host names and addresses.</param>
    /// <param name="now">The moment.</param>
    /// <param name="random">Gives that many random bytes, for serial numbers. Private keys come from the system.</param>
    public static ServingCertificate Create(IReadOnlyList<string> serverNames, DateTimeOffset now, Func<int, byte[]> random)
    {
        var (from, to) = (now - ClockSkew, now + Lifetime);
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = Authority(authorityKey).CreateSelfSigned(from, to);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Request(key, serverNames, authority).Create(authority, from, to, Serial(random));
        return new ServingCertificate(certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n", authority.ExportCertificatePem() + "\n");
    }

    /// <summary>A new certificate. The authority before stays trusted until it ends: other replicas serve the old one for a while.</summary>
    public ServingCertificate Renew(IReadOnlyList<string> serverNames, DateTimeOffset now, Func<int, byte[]> random)
    {
        var renewed = Create(serverNames, now, random);
        var before = new X509Certificate2Collection();
        before.ImportFromPem(Authorities);
        var latest = before.Where(authority => authority.NotAfter > now.LocalDateTime).MaxBy(authority => authority.NotAfter);
        return latest is null ? renewed : renewed with { Authorities = renewed.Authorities + latest.ExportCertificatePem() + "\n" };
    }

    /// <summary>Whether to make a new one: too little of its life is left, or it is for other names.</summary>
    public bool NeedsRenewal(IReadOnlyList<string> serverNames, DateTimeOffset now)
    {
        using var certificate = X509Certificate2.CreateFromPem(Certificate);
        var left = certificate.NotAfter - now.LocalDateTime;
        return left < (certificate.NotAfter - certificate.NotBefore) * RenewBelow || !serverNames.All(name => certificate.MatchesHostname(name));
    }

    /// <summary>Whether certificate, key and authorities can be read, and the key is that of the certificate.</summary>
    public bool IsReadable
    {
        get
        {
            try
            {
                using var certificate = Load();
                new X509Certificate2Collection().ImportFromPem(Authorities);
                return true;
            }
            catch (Exception e) when (e is CryptographicException or ArgumentException)
            {
                return false;
            }
        }
    }

    /// <summary>Certificate and key for a TLS server.</summary>
    public X509Certificate2 Load() => X509Certificate2.CreateFromPem(Certificate, Key);

    /// <summary>The authorities, for a webhook configuration.</summary>
    public byte[] CaBundle() => Encoding.ASCII.GetBytes(Authorities);

    /// <summary>Nothing of the key.</summary>
    public override string ToString() => nameof(ServingCertificate);

    private static CertificateRequest Authority(ECDsa key)
    {
        var request = new CertificateRequest("CN=runbook-operator webhook authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    private static CertificateRequest Request(ECDsa key, IReadOnlyList<string> serverNames, X509Certificate2 authority)
    {
        var request = new CertificateRequest("CN=runbook-operator webhook", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in serverNames)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        return request;
    }

    // Positive, as RFC 5280 wants it.
    private static byte[] Serial(Func<int, byte[]> random)
    {
        var serial = random(SerialLength);
        serial[0] = (byte)((serial[0] & 0x7f) | 0x40);
        return serial;
    }
}
