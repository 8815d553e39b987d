using System.Security.Cryptography.X509Certificates;

namespace RunbookOperator.Kubernetes;

/// <summary>What proves who we are: a bearer token, a certificate with its key, or both.</summary>
internal sealed record Credential(string? Token, X509Certificate2? Certificate)
{
    /// <summary>Never the credential itself.</summary>
    public override string ToString() => "Credential";
}

/// <summary>Gives the credential for the next request.</summary>
internal interface ICredentialSource
{
    /// <summary>The credential that is valid now.</summary>
    ValueTask<Credential> GetAsync(CancellationToken cancellationToken);

    /// <summary>The server did not accept it: get another for the next request.</summary>
    void Invalidate();
}

/// <summary>A credential that never changes.</summary>
internal sealed class FixedCredentials(Credential credential) : ICredentialSource
{
    public ValueTask<Credential> GetAsync(CancellationToken cancellationToken) => new(credential);

    public void Invalidate()
    {
        // There is no other.
    }
}
