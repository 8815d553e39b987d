using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RunbookOperator.Kubernetes;

/// <summary>Reads the certificates of those who may sign the server's.</summary>
internal static class Authorities
{
    private const string Field = "certificate-authority";

    public static X509Certificate2Collection FromPem(string pem, Place place)
    {
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPem(pem);
            return authorities.Count > 0 ? authorities : throw place.Error(Field, "holds no certificate.");
        }
        catch (CryptographicException exception)
        {
            throw place.Error(Field, $"cannot be used: {exception.Message}", exception);
        }
    }
}

/// <summary>Something made of texts that change now and then: made again when they have changed, and kept while what they became makes no
/// sense, as between the renewal of a certificate and that of its key.</summary>
internal sealed class Renewed<T>(Func<string> read, Func<string, T> make)
    where T : class
{
    private readonly Lock _lock = new();
    private string? _text;
    private T? _value;

    public T Get()
    {
        lock (_lock)
        {
            var text = read();
            if (text == _text)
            {
                return _value!;
            }

            try
            {
                (_value, _text) = (make(text), text);
            }
            catch (ConfigurationException) when (_value is not null)
            {
                // Half renewed: the next request looks again.
            }

            return _value!;
        }
    }
}
