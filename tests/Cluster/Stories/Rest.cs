using System.Reflection;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Cluster.Stories;

/// <summary>What holds in a namespace once everything has come to rest.</summary>
internal static class Rest
{
    private static readonly HashSet<string> Declared =
        [.. typeof(Reasons).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static field => (string)field.GetRawConstantValue()!)];

    private static readonly (ResourceDefinition Kind, string Summary)[] Kinds =
    [
        (RunbookRepository.Definition, ConditionTypes.Ready),
        (Runbook.Definition, ConditionTypes.Ready),
        (Incident.Definition, ConditionTypes.Ready),
        (RunbookExecution.Definition, ConditionTypes.Succeeded),
    ];

    /// <summary>Throws if a status breaks a rule.</summary>
    public static async Task EnsureAsync(IKubernetesClient client, string ns)
    {
        foreach (var (kind, summary) in Kinds)
        {
            StatusInvariants.Ensure(await client.ListAsync(kind, ns, null, CancellationToken.None), summary, Declared);
        }
    }
}
