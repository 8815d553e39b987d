using System.Collections.Concurrent;
using RunbookOperator.Api;
using RunbookOperator.Documents;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Sync;

/// <summary>
/// Whether a repository's service account may lend the accounts that its runbooks name: steps act as those. A push to the repository must not
/// give more than the repository's own account has.
/// </summary>
/// <param name="client">The API, as the operator.</param>
internal sealed class AccountGrants(IKubernetesClient client)
{
    private const string Field = "spec.serviceAccountName";

    /// <summary>The plan without the runbooks whose account may not be lent; each becomes a problem with its place. Asks once for each account,
    /// and only about runbooks that are to be written.</summary>
    /// <param name="repository">The RunbookRepository.</param>
    /// <param name="plan">What is to be done.</param>
    /// <param name="existing">All Runbooks of its namespace: one that may not be written stays as it is.</param>
    /// <param name="cancellationToken">Ends the pass.</param>
    /// <exception cref="ApiException">The API server could not answer; nothing has been written.</exception>
    public async Task<SyncPlan> CheckAsync(
        RunbookRepository repository, SyncPlan plan, IReadOnlyList<ExistingRunbook> existing, CancellationToken cancellationToken)
    {
        var named = plan.Apply.Select(Named).OfType<string>().Distinct(StringComparer.Ordinal);
        var denied = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = SyncLimits.Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(named, parallel, async (account, token) =>
        {
            if (!await MayAsync(repository, account, token))
            {
                denied[account] = true;
            }
        });
        return denied.IsEmpty ? plan : Without(plan, write => Named(write) is { } account && denied.ContainsKey(account), repository, existing);
    }

    private static SyncPlan Without(
        SyncPlan plan, Predicate<SyncApply> isDenied, RunbookRepository repository, IReadOnlyList<ExistingRunbook> existing)
    {
        var denied = plan.Apply.Where(write => isDenied(write)).ToList();
        var names = denied.Select(write => write.Desired.Name).ToHashSet(StringComparer.Ordinal);
        return plan with
        {
            Apply = [.. plan.Apply.Except(denied)],
            Kept = [.. plan.Kept, .. existing.Where(runbook => names.Contains(runbook.Name))],
            Problems = [.. plan.Problems, .. denied.Select(write => Problem(write.Desired.Document, repository.Spec.ServiceAccountName))],

            // A right that is granted later changes neither the repository nor a runbook.
            IsContested = true,
        };
    }

    private static string? Named(SyncApply write) => write.Desired.Document.Runbook.Spec.ServiceAccountName is { Length: > 0 } account ? account : null;

    private static RepositoryProblem Problem(RunbookDocument document, string account)
    {
        var position = document.Map.Find(Field);
        var name = document.Runbook.Spec.ServiceAccountName;
        return new RepositoryProblem
        {
            File = document.File,
            Line = position.Line,
            Column = position.Column,
            Rule = Reasons.NotPermitted,
            Message = Variables.Clean($"{account} may not impersonate {name}: grant it the verb impersonate on that service account", Limits.Message),
        };
    }

    private async Task<bool> MayAsync(RunbookRepository repository, string account, CancellationToken cancellationToken)
    {
        var ns = repository.Metadata.Namespace!;
        var review = await client.CreateAsync(
            new SubjectAccessReview
            {
                ApiVersion = SubjectAccessReview.Definition.ApiVersion,
                Kind = SubjectAccessReview.Definition.Kind,
                Spec = new SubjectAccessReviewSpec
                {
                    User = Impersonation.ServiceAccount(ns, repository.Spec.ServiceAccountName).User,
                    Groups = ["system:serviceaccounts", $"system:serviceaccounts:{ns}", "system:authenticated"],
                    ResourceAttributes = new ResourceAttributes { Verb = "impersonate", Resource = "serviceaccounts", Name = account, Namespace = ns },
                },
            },
            cancellationToken);
        return review.Status is { Allowed: true, Denied: false };
    }
}
