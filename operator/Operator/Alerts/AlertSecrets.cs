using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Alerts;

/// <summary>The bearer tokens of alert sources. Each is a Secret with the label <c>runbooks.dev/alerts: &lt;kind&gt;</c> and the key <c>token</c>.</summary>
internal sealed class AlertSecrets(IKubernetesClient client, TimeProvider time)
{
    /// <summary>How long an answer of the API server is used. A token that was taken away works this long; a new one waits this long.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);

    /// <summary>The most sources remembered, so that guesses at names cannot fill the memory.</summary>
    public const int Remembered = 1000;

    /// <summary>The shortest token that is taken, in bytes.</summary>
    public const int ShortestToken = 16;

    private readonly ConcurrentDictionary<NamespacedName, (byte[]? Hash, string? Kind, DateTimeOffset At)> _known = new();

    /// <summary>Whether <paramref name="authorization"/> carries the token of this source.</summary>
    /// <exception cref="ApiException">The API server could not be asked.</exception>
    public async Task<bool> AuthenticatesAsync(string kind, NamespacedName secret, string? authorization, CancellationToken cancellationToken)
    {
        const string scheme = "Bearer ";
        if (authorization is null || !authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var given = SHA256.HashData(Encoding.UTF8.GetBytes(authorization[scheme.Length..].Trim()));
        var known = await KnownAsync(secret, cancellationToken);

        // Compared as hashes, in constant time, also if there is nothing to compare with.
        return CryptographicOperations.FixedTimeEquals(given, known.Hash ?? new byte[given.Length]) & known.Hash is not null & known.Kind == kind;
    }

    private async Task<(byte[]? Hash, string? Kind)> KnownAsync(NamespacedName name, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_known.TryGetValue(name, out var known) && now - known.At < Kept)
        {
            return (known.Hash, known.Kind);
        }

        var (hash, kind) = await ReadAsync(name, cancellationToken);
        if (_known.Count >= Remembered)
        {
            _known.Clear();
        }

        _known[name] = (hash, kind, now);
        return (hash, kind);
    }

    private async Task<(byte[]? Hash, string? Kind)> ReadAsync(NamespacedName name, CancellationToken cancellationToken)
    {
        try
        {
            var secret = await client.FindAsync<Secret>(name, cancellationToken);
            var token = secret?.Data?.GetValueOrDefault("token");
            return token is null || Encoding.UTF8.GetString(token).Trim() is not { Length: >= ShortestToken } text
                ? (null, null)
                : (SHA256.HashData(Encoding.UTF8.GetBytes(text)), secret!.Metadata.Labels?.GetValueOrDefault(Names.AlertsLabel));
        }
        catch (ApiException exception) when (exception.IsForbidden)
        {
            // A Secret that the namespace does not show to the operator is none.
            return (null, null);
        }
    }
}
