using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RunbookOperator.Kubernetes;

/// <summary>Reads client certificates.</summary>
internal static class ClientCertificate
{
    public static X509Certificate2 FromPem(string certificate, string key, string field)
    {
        try
        {
            using var fromPem = X509Certificate2.CreateFromPem(certificate, key);
            // Windows does not offer a key that exists in memory only; PKCS#12 in between makes one that it does.
            return X509CertificateLoader.LoadPkcs12(fromPem.Export(X509ContentType.Pkcs12), password: null);
        }
        catch (CryptographicException exception)
        {
            throw new ConfigurationException($"{field} cannot be used: {exception.Message}", exception);
        }
    }
}
