using System.Security.Cryptography.X509Certificates;

namespace RunbookOperator.Kubernetes;

/// <summary>Keeps the connections. When the certificate or the authorities are renewed, new requests go over new connections; what still
/// runs over the old ones goes on until the renewal after.</summary>
internal sealed class TransportHandler(Func<ClientCertificate?, X509Certificate2Collection?, Transport> create, Func<X509Certificate2Collection?> authorities)
    : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private Transport? _current;
    private Transport? _previous;
    private (ClientCertificate? Certificate, X509Certificate2Collection? Authorities) _made;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _ = request.Options.TryGetValue(CredentialHandler.Certificate, out var certificate);
        return Choose(certificate).SendAsync(request, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _current?.Dispose();
            _previous?.Dispose();
        }

        base.Dispose(disposing);
    }

    private Transport Choose(ClientCertificate? certificate)
    {
        var trusted = authorities();
        lock (_lock)
        {
            if (_current is null || !ReferenceEquals(_made.Certificate, certificate) || !ReferenceEquals(_made.Authorities, trusted))
            {
                _previous?.Dispose();
                (_previous, _current) = (_current, create(certificate, trusted));
                _made = (certificate, trusted);
            }

            return _current;
        }
    }
}
