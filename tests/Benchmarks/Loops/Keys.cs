using RunbookOperator.Kubernetes;

namespace RunbookOperator.Benchmarks.Loops;

/// <summary>Keys as a cluster has them.</summary>
internal static class Keys
{
    /// <summary>So many different ones.</summary>
    public static NamespacedName[] Take(int count) =>
        [.. Enumerable.Range(0, count).Select(static i => new NamespacedName($"team-{i % 20}", $"runbook-{i:00000}"))];
}
