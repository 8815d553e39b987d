using System.Net;
using System.Net.Http.Headers;

namespace RunbookOperator.Kubernetes;

/// <summary>Puts the credential on each request. Where a program gives the credentials, a 401 asks it for new ones and sends the request
/// again, once: the server has looked at nothing but the credential by then.</summary>
internal sealed class CredentialHandler(ICredentialSource source, string? tlsServerName) : DelegatingHandler
{
    /// <summary>Where the certificate stands on a request, for the one who makes connections.</summary>
    public static readonly HttpRequestOptionsKey<ClientCertificate?> Certificate = new("client-certificate");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var credential = await source.GetAsync(cancellationToken);
        var response = await SendAsync(request, credential, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized || !source.Refuse(credential))
        {
            return response;
        }

        response.Dispose();
        return await SendAsync(request, await source.GetAsync(cancellationToken), cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            (source as IDisposable)?.Dispose();
        }

        base.Dispose(disposing);
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, Credential credential, CancellationToken cancellationToken)
    {
        request.Options.Set(Certificate, credential.Certificate);
        request.Headers.Authorization = credential.Token is { } token ? new AuthenticationHeaderValue("Bearer", token) : null;
        // .NET takes the name for TLS from here.
        request.Headers.Host = tlsServerName;
        return base.SendAsync(request, cancellationToken);
    }
}
