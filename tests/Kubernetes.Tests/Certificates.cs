using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RunbookOperator.Kubernetes.Tests;

/// <summary>Certificates for tests.</summary>
internal static class Certificates
{
    private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static string CreateAuthority()
    {
        var (certificate, _) = Create();
        return certificate;
    }

    public static (string Certificate, string Key) Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(From, From.AddYears(50));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
