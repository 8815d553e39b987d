namespace RunbookOperator.Kubernetes;

/// <summary>Credentials that a program prints, kept until they run out or the server refuses them.</summary>
internal sealed class ExecCredentials(ExecConfig exec, ExecCluster cluster, Place place, TimeProvider time, bool terminal)
    : ICredentialSource, IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private volatile Known? _known;

    public async ValueTask<Credential> GetAsync(CancellationToken cancellationToken)
    {
        if (Valid() is { } credential)
        {
            return credential;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            if (Valid() is { } fresh)
            {
                return fresh;
            }

            var interactive = ExecCredential.IsInteractive(exec, terminal);
            var info = ExecCredential.Info(exec, cluster, interactive);
            var output = await new ExecProgram(exec, place, time).RunAsync(info, interactive, cancellationToken);
            var (made, expires) = ExecCredential.Parse(exec, output, place);
            _known = new Known(made, expires);
            return made;
        }
        finally
        {
            _one.Release();
        }
    }

    // Of many requests that are refused together only the first finds its credential still known: the program runs once.
    public bool Refuse(Credential refused)
    {
        if (_known is { } known && ReferenceEquals(known.Credential, refused))
        {
            Interlocked.CompareExchange(ref _known, null, known);
        }

        return true;
    }

    public void Dispose() => _one.Dispose();

    private Credential? Valid() =>
        _known is { } known && (known.Expires is not { } expires || time.GetUtcNow() < expires) ? known.Credential : null;

    private sealed record Known(Credential Credential, DateTimeOffset? Expires);
}
