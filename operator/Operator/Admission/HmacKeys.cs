using System.Security.Cryptography;
using System.Text;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Admission;

/// <summary>The operator's keys: what was sealed with one of them was written by the operator and by nobody else.</summary>
/// <remarks>They stand in the Secret <see cref="SecretName"/> under <see cref="CurrentKey"/> and <see cref="PreviousKey"/>. To change the key,
/// move the current one to <c>previous</c>, write a new one to <c>current</c> and restart the operator.</remarks>
internal sealed class HmacKeys
{
    /// <summary>The Secret, in the operator's own namespace.</summary>
    public const string SecretName = "runbook-operator-keys";

    /// <summary>Key of the Secret: what is sealed with.</summary>
    public const string CurrentKey = "current";

    /// <summary>Key of the Secret: what older seals may be of. May be absent.</summary>
    public const string PreviousKey = "previous";

    /// <summary>The shortest key, and the length of one that is made here, in bytes.</summary>
    public const int Length = 32;

    private readonly byte[] _current;
    private readonly byte[]? _previous;

    /// <summary>Takes the keys.</summary>
    /// <exception cref="InvalidDataException">One is shorter than <see cref="Length"/>.</exception>
    public HmacKeys(byte[] current, byte[]? previous = null)
    {
        if (current.Length < Length || previous?.Length < Length)
        {
            throw new InvalidDataException($"a key in the Secret {SecretName} has fewer than {Length} bytes");
        }

        _current = current;
        _previous = previous;
    }

    /// <summary>Reads the keys, or makes them if this replica is the first.</summary>
    /// <param name="client">The operator's own client.</param>
    /// <param name="ns">The operator's namespace.</param>
    /// <param name="random">Gives that many random bytes.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public static async Task<HmacKeys> LoadAsync(IKubernetesClient client, string ns, Func<int, byte[]> random, CancellationToken cancellationToken)
    {
        var name = new NamespacedName(ns, SecretName);
        if (await client.FindAsync<Secret>(name, cancellationToken) is { } found)
        {
            return Of(found);
        }

        var secret = new Secret
        {
            ApiVersion = "v1",
            Kind = "Secret",
            Metadata = new ObjectMeta { Namespace = ns, Name = SecretName },
            Type = "Opaque",
            Data = new Dictionary<string, byte[]> { [CurrentKey] = random(Length) },
        };
        try
        {
            return Of(await client.CreateAsync(secret, cancellationToken));
        }
        catch (ApiException e) when (e.IsAlreadyExists)
        {
            return Of(await client.GetAsync<Secret>(name, cancellationToken));
        }
    }

    /// <summary>The HMAC-SHA256 of <paramref name="data"/> with the current key, in 64 hexadecimal digits.</summary>
    public string Compute(ReadOnlySpan<byte> data) => Convert.ToHexStringLower(HMACSHA256.HashData(_current, data));

    /// <summary>Whether <paramref name="mac"/> is that of <paramref name="data"/> with the current key or the previous one. How long it takes
    /// tells nothing of how much of it is right.</summary>
    public bool Verify(ReadOnlySpan<byte> data, string mac)
    {
        var given = Encoding.UTF8.GetBytes(mac);
        var current = Matches(_current, data, given);
        var previous = _previous is not null && Matches(_previous, data, given);
        return current || previous;
    }

    private static bool Matches(byte[] key, ReadOnlySpan<byte> data, byte[] given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(key, data))), given);

    private static HmacKeys Of(Secret secret) =>
        secret.Data?.GetValueOrDefault(CurrentKey) is { } current
            ? new HmacKeys(current, secret.Data.GetValueOrDefault(PreviousKey))
            : throw new InvalidDataException($"the Secret {SecretName} has no key {CurrentKey}");
}
