using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;

namespace RunbookOperator.Kubernetes;

/// <summary>Puts the credential on each request.</summary>
internal sealed class CredentialHandler(ICredentialSource source, string? tlsServerName) : DelegatingHandler
{
    private volatile X509Certificate2? _certificate;

    /// <summary>The certificate for connections made from now on.</summary>
    public X509Certificate2? Certificate => _certificate;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var credential = await source.GetAsync(cancellationToken);
        _certificate = credential.Certificate;
        if (credential.Token is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        // .NET takes the name for TLS from here.
        request.Headers.Host = tlsServerName;
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            source.Invalidate();
        }

        return response;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            (source as IDisposable)?.Dispose();
        }

        base.Dispose(disposing);
    }
}
