using System.Security.Cryptography.X509Certificates;

namespace RunbookOperator.Kubernetes;

/// <summary>A token in a file that somebody else renews, as the kubelet does. It is read again by time, not by date: the file is reached
/// through links whose own date does not change.</summary>
internal sealed class TokenFileCredentials(string path, TimeProvider time, X509Certificate2? certificate = null) : ICredentialSource
{
    /// <summary>How long what was read is believed.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    private volatile Read? _read;

    public async ValueTask<Credential> GetAsync(CancellationToken cancellationToken)
    {
        var read = _read;
        if (read is null || time.GetElapsedTime(read.At) >= Lifetime)
        {
            var at = time.GetTimestamp();
            var token = (await File.ReadAllTextAsync(path, cancellationToken)).Trim();
            _read = read = new Read(new Credential(token, certificate), at);
        }

        return read.Credential;
    }

    public void Invalidate() => _read = null;

    private sealed record Read(Credential Credential, long At);
}
