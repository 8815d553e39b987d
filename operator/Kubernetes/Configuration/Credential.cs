namespace RunbookOperator.Kubernetes;

/// <summary>What proves who we are: a bearer token, a certificate with its key, or both.</summary>
internal sealed record Credential(string? Token, ClientCertificate? Certificate)
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
    /// <returns>Whether there may be another at once, so that the same request is worth a second try.</returns>
    bool Refuse(Credential refused);
}

/// <summary>A token and a certificate, each from memory or from a file that is read again.</summary>
internal sealed class UserCredentials(Func<string?> token, Func<ClientCertificate?> certificate, Action invalidate) : ICredentialSource
{
    public static UserCredentials None { get; } = new(() => null, () => null, () => { });

    public static UserCredentials TokenFile(FileText file) => new(() => file.Read().Trim(), () => null, file.Invalidate);

    public ValueTask<Credential> GetAsync(CancellationToken cancellationToken) => new(new Credential(token(), certificate()));

    public bool Refuse(Credential refused)
    {
        invalidate();
        return false;
    }
}
