using RunbookOperator.Api;
using RunbookOperator.Git;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Sync;

/// <summary>Makes from a RunbookRepository what Git needs to know: checked addresses and names, and credentials.</summary>
/// <param name="client">The API, as the operator.</param>
/// <param name="allowLocal">Whether <c>file:</c>, <c>http:</c> and loopback addresses are allowed.</param>
internal sealed class SyncSource(IKubernetesClient client, bool allowLocal)
{
    /// <summary>The value of the label <see cref="Names.UseLabel"/> that a Secret with Git credentials carries.</summary>
    public const string Use = "git";

    /// <summary>What is read of the repository.</summary>
    /// <exception cref="SyncRefusedException">The spec cannot be used as it is, or neither can its Secret.</exception>
    public async Task<GitSource> ReadAsync(RunbookRepository repository, CancellationToken cancellationToken)
    {
        var spec = repository.Spec;
        var url = GitUrl.Read(spec.Url, allowLocal, out var problem) ?? throw new SyncRefusedException(Reasons.InvalidUrl, problem);
        var target = GitTarget.Read(spec.Ref)
            ?? throw new SyncRefusedException(Reasons.InvalidReference, "spec.ref names no branch, tag or commit that Git allows.");
        var folder = GitNames.ReadFolder(spec.Path)
            ?? throw new SyncRefusedException(Reasons.InvalidPath, "spec.path must be a folder inside the repository.");
        return new GitSource(url, await CredentialsAsync(repository, spec.SecretRef, cancellationToken), target, folder, Timeout(spec));
    }

    /// <summary>The credentials in a Secret, read as the repository's service account: the operator lends nobody its own rights.</summary>
    /// <exception cref="SyncRefusedException">It is not there, may not be read, lacks the label, or makes no sense.</exception>
    public async Task<GitCredentials> CredentialsAsync(RunbookRepository repository, SecretReference? reference, CancellationToken cancellationToken)
    {
        if (reference is null)
        {
            return GitCredentials.None;
        }

        var secret = await FindAsync(repository, reference.Name, cancellationToken)
            ?? throw new SyncRefusedException(Reasons.AuthenticationFailed, $"There is no Secret {reference.Name}.");
        if (secret.Metadata.Labels?.GetValueOrDefault(Names.UseLabel) != Use)
        {
            throw new SyncRefusedException(
                Reasons.AuthenticationFailed, $"The Secret {reference.Name} does not carry the label {Names.UseLabel}: {Use}, so it is not used.");
        }

        var credentials = GitCredentials.Read(secret, out var problem);
        return problem.Length == 0 ? credentials : throw new SyncRefusedException(Reasons.AuthenticationFailed, problem);
    }

    private async Task<Secret?> FindAsync(RunbookRepository repository, string name, CancellationToken cancellationToken)
    {
        var ns = repository.Metadata.Namespace!;
        try
        {
            var account = client.As(Impersonation.ServiceAccount(ns, repository.Spec.ServiceAccountName));
            return await account.FindAsync<Secret>(new NamespacedName(ns, name), cancellationToken);
        }
        catch (ApiException exception) when (exception.IsForbidden)
        {
            throw new SyncRefusedException(
                Reasons.AuthenticationFailed,
                $"The service account {repository.Spec.ServiceAccountName} may not read the Secret {name}, or the operator may not act as it: {exception.Message}");
        }
    }

    private static TimeSpan Timeout(RunbookRepositorySpec spec)
    {
        var timeout = spec.Timeout?.Value ?? SyncLimits.DefaultTimeout;
        return timeout > SyncLimits.MaximumTimeout ? SyncLimits.MaximumTimeout : timeout > TimeSpan.Zero ? timeout : SyncLimits.DefaultTimeout;
    }
}
