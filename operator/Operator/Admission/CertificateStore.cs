using System.Text;
using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Admission;

/// <summary>Keeps the serving certificate in the Secret <see cref="SecretName"/>, where all replicas find the same one.</summary>
internal sealed class CertificateStore(IKubernetesClient client, AdmissionOptions options, TimeProvider time, Func<int, byte[]> random)
{
    /// <summary>The Secret, in the operator's own namespace.</summary>
    public const string SecretName = "runbook-operator-webhook";

    private const string CertificateKey = "tls.crt";
    private const string PrivateKey = "tls.key";
    private const string AuthoritiesKey = "ca.crt";

    private NamespacedName Name => new(options.Namespace, SecretName);

    /// <summary>The certificate: read, made if this replica is the first, renewed if it is time.</summary>
    public async Task<ServingCertificate> EnsureAsync(CancellationToken cancellationToken)
    {
        if (await client.FindAsync<Secret>(Name, cancellationToken) is not { } secret)
        {
            return await CreateAsync(cancellationToken);
        }

        var now = time.GetUtcNow();
        return Of(secret) is { } certificate && !certificate.NeedsRenewal(options.ServerNames, now)
            ? certificate
            : await ReplaceAsync(secret, now, cancellationToken);
    }

    private async Task<ServingCertificate> CreateAsync(CancellationToken cancellationToken)
    {
        var secret = new Secret
        {
            ApiVersion = "v1",
            Kind = "Secret",
            Metadata = new ObjectMeta { Namespace = options.Namespace, Name = SecretName },
            Type = "kubernetes.io/tls",
            Data = Data(ServingCertificate.Create(options.ServerNames, time.GetUtcNow(), random)),
        };
        try
        {
            return Read(await client.CreateAsync(secret, cancellationToken));
        }
        catch (ApiException e) when (e.IsAlreadyExists)
        {
            return Read(await client.GetAsync<Secret>(Name, cancellationToken));
        }
    }

    // Under the version read: of several replicas one renews, the others take what it made.
    private async Task<ServingCertificate> ReplaceAsync(Secret secret, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var renewed = Of(secret)?.Renew(options.ServerNames, now, random) ?? ServingCertificate.Create(options.ServerNames, now, random);
        var data = new JsonObject();
        foreach (var (key, value) in Data(renewed))
        {
            data[key] = Convert.ToBase64String(value);
        }

        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = secret.Metadata.ResourceVersion },
            ["data"] = data,
        };
        try
        {
            return Read(await client.PatchAsync<Secret>(Name, new Patch(PatchType.Merge, patch), cancellationToken));
        }
        catch (ApiException e) when (e.IsConflict)
        {
            return Read(await client.GetAsync<Secret>(Name, cancellationToken));
        }
    }

    private static Dictionary<string, byte[]> Data(ServingCertificate certificate) => new()
    {
        [CertificateKey] = Encoding.ASCII.GetBytes(certificate.Certificate),
        [PrivateKey] = Encoding.ASCII.GetBytes(certificate.Key),
        [AuthoritiesKey] = certificate.CaBundle(),
    };

    private static ServingCertificate Read(Secret secret) =>
        Of(secret) ?? throw new InvalidDataException($"the Secret {SecretName} has no readable {CertificateKey}, {PrivateKey} and {AuthoritiesKey}; delete it and it is made anew");

    // Null where a part is missing or unreadable.
    private static ServingCertificate? Of(Secret secret) =>
        Text(secret, CertificateKey) is { } certificate && Text(secret, PrivateKey) is { } key && Text(secret, AuthoritiesKey) is { } authorities
        && new ServingCertificate(certificate, key, authorities) is { IsReadable: true } whole
            ? whole
            : null;

    private static string? Text(Secret secret, string key) =>
        secret.Data?.GetValueOrDefault(key) is { Length: > 0 } value ? Encoding.ASCII.GetString(value) : null;
}
