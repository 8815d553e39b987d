using RunbookOperator.Admission;
using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Faults;

/// <summary>Computes the audit trail of every run anew, with the operator's key.</summary>
internal static class TrailCheck
{
    /// <summary>What may not be.</summary>
    public static async Task<IReadOnlyList<string>> BrokenAsync(IKubernetesClient client, string ns)
    {
        var secret = await client.GetAsync<Secret>(new NamespacedName(Permissions.Namespace, HmacKeys.SecretName), CancellationToken.None);
        var keys = new HmacKeys(secret.Data![HmacKeys.CurrentKey]);
        var runs = await client.ListAllAsync<RunbookExecution>(ns, null, CancellationToken.None);
        return [.. runs.Where(run => run.Status?.Audit is { Entries.Count: < Limits.AuditEntries } trail && Head(trail.Entries!, keys) != trail.Head)
            .Select(static run => $"the audit trail of {run.Metadata.Name} does not lead to its head")];
    }

    private static string Head(IEnumerable<AuditEntry> entries, HmacKeys keys) =>
        entries.Aggregate("", (head, entry) => AuditChain.Next(head, entry, keys));
}
