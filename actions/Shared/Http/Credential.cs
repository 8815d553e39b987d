using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>What a Secret adds to a request. Its values go nowhere else.</summary>
/// <param name="Headers">Headers to send.</param>
/// <param name="Authorities">Who may have signed the server's certificate; null for the system's list.</param>
internal sealed record Credential(IReadOnlyList<KeyValuePair<string, string>> Headers, X509Certificate2Collection? Authorities)
{
    public const string Secret = "secret";

    /// <summary>The value of <see cref="Names.UseLabel"/> that lets a Secret be used in any step.</summary>
    public const string Steps = Names.StepsUse;

    /// <summary>The same for safe steps: its owner says that the credential can only read.</summary>
    public const string SafeSteps = Names.SafeStepsUse;

    public static readonly Credential None = new([], null);

    /// <summary>The input that names it.</summary>
    public static readonly ActionInput Input = new(
        Secret, ActionInputType.Text,
        "A Secret in the run's namespace with username and password, or bearerToken; and ca.crt where the system's authorities do not know the server. Defaults to none.");

    /// <summary>Checks the input.</summary>
    /// <exception cref="ActionException">It is no name.</exception>
    public static void Check(ActionInputs inputs)
    {
        if (inputs.Text(Secret) is { } name && (inputs.Written.IsOpen(Secret) || !ObjectNames.IsSubdomain(name)))
        {
            throw new ActionException("the input secret must be the name of a Secret, without variables");
        }
    }

    /// <summary>Reads the Secret that the inputs name, as the account that the step acts as.</summary>
    /// <exception cref="ActionException">It is not there, may not be used so, or makes no sense.</exception>
    public static async Task<Credential> ReadAsync(ActionContext context, bool isSafe, CancellationToken cancellationToken)
    {
        if (context.Inputs.Text(Secret) is not { } name)
        {
            return None;
        }

        var secret = await context.Client.FindAsync<Kubernetes.Secret>(new NamespacedName(context.Namespace, name), cancellationToken)
            ?? throw new ActionException($"there is no Secret {name}");
        var use = secret.Metadata.Labels?.GetValueOrDefault(Names.UseLabel);
        if (use != SafeSteps && (isSafe || use != Steps))
        {
            throw new ActionException($"the Secret {name} does not carry the label {Names.UseLabel}: {(isSafe ? SafeSteps : Steps)}, so it is not used");
        }

        return Of(secret);
    }

    /// <summary>Reads a Secret. Pure.</summary>
    /// <exception cref="ActionException">Its values are none. The message holds no value.</exception>
    public static Credential Of(Kubernetes.Secret secret)
    {
        var headers = new List<KeyValuePair<string, string>>();
        if (Text(secret, "bearerToken") is { } token)
        {
            headers.Add(KeyValuePair.Create("Authorization", "Bearer " + token));
        }
        else if (Text(secret, "username") is { } user)
        {
            var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{Text(secret, "password")}"));
            headers.Add(KeyValuePair.Create("Authorization", "Basic " + pair));
        }

        if (Text(secret, "ca.crt") is not { } authorities)
        {
            return new Credential(headers, null);
        }

        try
        {
            var read = new X509Certificate2Collection();
            read.ImportFromPem(authorities);
            return new Credential(headers, read);
        }
        catch (CryptographicException)
        {
            throw new ActionException($"ca.crt in the Secret {secret.Metadata.Name} holds no certificates");
        }
    }

    /// <summary>The text of a key, or null; one line, unless it is a certificate.</summary>
    /// <exception cref="ActionException">It holds what no header may.</exception>
    public static string? Text(Kubernetes.Secret secret, string key)
    {
        if (secret.Data?.GetValueOrDefault(key) is not { Length: > 0 } bytes)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(bytes).Trim();
        return key == "ca.crt" || !text.Any(char.IsControl) ? text : throw new ActionException($"{key} in the Secret {secret.Metadata.Name} is not one line");
    }

    /// <summary>Never the values.</summary>
    public override string ToString() => $"{Headers.Count} headers";
}
