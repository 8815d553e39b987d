using System.Text.RegularExpressions;

namespace RunbookOperator.Cli.Access;

/// <summary>What a namespace is to grant.</summary>
/// <param name="Namespace">The namespace.</param>
internal sealed record AccessRequest(string Namespace)
{
    // RFC 1123, as Kubernetes checks names. They stand in YAML as they are.
    private static readonly Regex Name = new(
        "\\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);

    /// <summary>Accounts that the steps of runbooks act as, besides the reader.</summary>
    public IReadOnlyList<string> ServiceAccounts { get; init; } = [];

    /// <summary>Accounts that repositories are synced as.</summary>
    public IReadOnlyList<string> SyncAccounts { get; init; } = [];

    /// <summary>Secrets with tokens of alert sources.</summary>
    public IReadOnlyList<string> AlertSecrets { get; init; } = [];

    /// <summary>Secrets with credentials of Git.</summary>
    public IReadOnlyList<string> GitSecrets { get; init; } = [];

    /// <summary>Secrets that steps may use, but no safe ones.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Secrets that every step may use.</summary>
    public IReadOnlyList<string> SafeSecrets { get; init; } = [];

    /// <summary>Where the operator is.</summary>
    public string OperatorNamespace { get; init; } = "runbooks-system";

    /// <summary>Checks every name.</summary>
    /// <exception cref="CliException">One is none that Kubernetes takes, or two things do not go together.</exception>
    public void Check()
    {
        string[] all = [Namespace, OperatorNamespace, .. ServiceAccounts, .. SyncAccounts, .. AlertSecrets, .. GitSecrets, .. Secrets, .. SafeSecrets];
        if (Array.Find(all, name => name.Length > Api.Limits.Subdomain || !Name.IsMatch(name)) is { } wrong)
        {
            throw new CliException($"\"{wrong}\" is no name: lower case letters, digits, '-' and '.'");
        }

        if (ServiceAccounts.Concat(SyncAccounts).Contains(Api.Names.Reader))
        {
            throw new CliException($"{Api.Names.Reader} is the account of safe steps and nobody else's: it must stay without rights to change anything");
        }

        if (GitSecrets.Count > 0 && SyncAccounts.Count == 0)
        {
            throw new CliException("--git-secret is read by an account of the sync: give --sync-account too");
        }

        if (Secrets.Count > 0 && ServiceAccounts.Count == 0)
        {
            throw new CliException("--secret is read by an account of runbooks: give --service-account too, or --safe-secret");
        }
    }
}
