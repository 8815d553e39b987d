using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Executions;

/// <summary>The line that a run stands in: itself, the run it goes on from, and so on. Lines are short and go round in no circle.</summary>
internal static class Lineage
{
    /// <summary>The runbooks of the line, this run's first.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(IKubernetesClient client, RunbookExecution execution, CancellationToken cancellationToken)
    {
        var line = new List<string> { execution.Spec.Runbook.Name };
        var current = execution;
        while (line.Count <= Limits.LineDepth && current?.Spec.Trigger.Parent is { } parent)
        {
            current = await client.FindAsync<RunbookExecution>(new NamespacedName(execution.Metadata.Namespace!, parent), cancellationToken);
            if (current is not null)
            {
                line.Add(current.Spec.Runbook.Name);
            }
        }

        return line;
    }

    /// <summary>Why no run of <paramref name="runbook"/> may follow the line; null if one may. Pure.</summary>
    public static string? Objection(IReadOnlyList<string> line, string runbook) =>
        line.Contains(runbook) ? $"a run of {runbook} is in this line already"
        : line.Count > Limits.LineDepth ? $"{Limits.LineDepth} runs follow one another already, and no more may"
        : null;
}
