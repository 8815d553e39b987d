using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Sync;

/// <summary>Carries out a plan as the repository's service account.</summary>
internal sealed class SyncWriter(IKubernetesClient client)
{
    /// <summary>Everything that is in the namespace now.</summary>
    public async Task<IReadOnlyList<ExistingRunbook>> ListAsync(string ns, CancellationToken cancellationToken)
    {
        var options = new ListOptions { Limit = SyncLimits.PageSize };
        var objects = await client.ListAsync(Runbook.Definition, ns, options, cancellationToken);
        return [.. objects.Select(content => new ExistingRunbook(content))];
    }

    /// <summary>Writes and deletes what the plan says.</summary>
    /// <returns>The runbooks as they are stored now, and what the API server refused.</returns>
    /// <exception cref="ApiException">The API server could not answer; what was written stays, and the next pass goes on.</exception>
    public async Task<SyncWritten> WriteAsync(RunbookRepository repository, SyncPlan plan, CancellationToken cancellationToken)
    {
        var ns = repository.Metadata.Namespace!;
        var account = client.As(Impersonation.ServiceAccount(ns, repository.Spec.ServiceAccountName));
        var stored = new ConcurrentBag<ExistingRunbook>(plan.Kept);
        var refused = new ConcurrentBag<RepositoryProblem>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = SyncLimits.Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(plan.Apply, parallel, async (write, token) =>
        {
            if (await ApplyAsync(account, ns, write, refused, token) is { } content)
            {
                stored.Add(new ExistingRunbook(content));
            }
        });
        await Parallel.ForEachAsync(plan.Prune, parallel, async (runbook, token) =>
        {
            if (!await DeleteAsync(account, ns, runbook, refused, token))
            {
                stored.Add(runbook);
            }
        });
        return new SyncWritten([.. stored], [.. refused.OrderBy(problem => problem.File, StringComparer.Ordinal)]);
    }

    private static async Task<JsonObject?> ApplyAsync(
        IKubernetesClient account, string ns, SyncApply write, ConcurrentBag<RepositoryProblem> refused, CancellationToken cancellationToken)
    {
        try
        {
            var name = new NamespacedName(ns, write.Desired.Name);
            return await account.ApplyAsync(Runbook.Definition, name, write.Manifest, new ApplyOptions(Names.FieldManager), cancellationToken);
        }
        catch (ApiException exception) when (IsRefusal(exception))
        {
            refused.Add(Problem(write.Desired.Document.File, write.Desired.Position.Line, write.Desired.Position.Column, exception));
            return null;
        }
    }

    private static async Task<bool> DeleteAsync(
        IKubernetesClient account, string ns, ExistingRunbook runbook, ConcurrentBag<RepositoryProblem> refused, CancellationToken cancellationToken)
    {
        try
        {
            var only = new DeleteOptions { Uid = runbook.Uid, ResourceVersion = runbook.ResourceVersion };
            await account.DeleteAsync<Runbook>(new NamespacedName(ns, runbook.Name), only, cancellationToken);
            return true;
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return true;
        }
        catch (ApiException exception) when (IsRefusal(exception))
        {
            refused.Add(Problem(runbook.File ?? runbook.Name, 0, 0, exception));
            return false;
        }
    }

    // A conflict is no refusal: somebody wrote in between, and the next pass sees it.
    private static bool IsRefusal(ApiException exception) => !exception.IsTransient && !exception.IsConflict && !exception.IsUnauthorized;

    private static RepositoryProblem Problem(string file, int line, int column, ApiException exception) => new()
    {
        File = file,
        Line = line,
        Column = column,
        Rule = Reasons.ReconciliationFailed,
        Message = Variables.Clean($"The API server refused it: {exception.Message}", Limits.Message),
    };
}

/// <summary>What a plan led to.</summary>
/// <param name="Stored">The repository's runbooks in the cluster.</param>
/// <param name="Refused">What the API server refused.</param>
internal sealed record SyncWritten(IReadOnlyList<ExistingRunbook> Stored, IReadOnlyList<RepositoryProblem> Refused);
