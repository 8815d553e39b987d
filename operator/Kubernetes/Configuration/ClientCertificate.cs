using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RunbookOperator.Kubernetes;

/// <summary>A client certificate with its key, and the certificates between it and its authority, which the server may not have.</summary>
internal sealed class ClientCertificate
{
    private ClientCertificate(X509Certificate2 leaf, X509Certificate2Collection intermediates)
    {
        Leaf = leaf;
        Context = SslStreamCertificateContext.Create(leaf, intermediates, offline: true);
    }

    /// <summary>The certificate itself.</summary>
    public X509Certificate2 Leaf { get; }

    /// <summary>What is sent.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>Reads PEM: the first certificate is the client's, those after it lead to its authority.</summary>
    public static ClientCertificate FromPem(string certificate, string key, Place place)
    {
        try
        {
            using var fromPem = X509Certificate2.CreateFromPem(certificate, key);
            var all = new X509Certificate2Collection();
            all.ImportFromPem(certificate);
            all.RemoveAt(0);
            // Windows does not offer a key that exists in memory only; PKCS#12 in between makes one that it does.
            return new ClientCertificate(X509CertificateLoader.LoadPkcs12(fromPem.Export(X509ContentType.Pkcs12), password: null), all);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw place.Error("client-certificate and client-key", $"cannot be used: {exception.Message}", exception);
        }
    }
}
