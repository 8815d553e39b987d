using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RunbookOperator.Kubernetes.Tests;

/// <summary>Certificates for tests.</summary>
internal static class Certificates
{
    private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static string CreateAuthority() => Create().Certificate;

    public static (string Certificate, string Key) Create()
    {
        using var certificate = Authority("test");
        return (certificate.ExportCertificatePem(), Key(certificate));
    }

    /// <summary>The certificate of an authority.</summary>
    public static X509Certificate2 Authority(string name, X509Certificate2? issuer = null) => Make(name, issuer, authority: true, dns: null);

    /// <summary>The certificate of a server or a client.</summary>
    public static X509Certificate2 Issue(string name, X509Certificate2 issuer, string? dns = null) => Make(name, issuer, authority: false, dns);

    public static string Key(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem();
    }

    private static X509Certificate2 Make(string name, X509Certificate2? issuer, bool authority, string? dns)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority, hasPathLengthConstraint: false, 0, critical: true));
        if (dns is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(dns);
            request.CertificateExtensions.Add(names.Build());
        }

        if (issuer is null)
        {
            return request.CreateSelfSigned(From, From.AddYears(50));
        }

        using var made = request.Create(issuer, From, From.AddYears(49), RandomNumberGenerator.GetBytes(8));
        using var withKey = made.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }
}
