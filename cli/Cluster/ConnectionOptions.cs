namespace RunbookOperator.Cli.Cluster;

/// <summary>Which cluster, as whom, and where in it: what kubectl's own flags say.</summary>
internal sealed record ConnectionOptions
{
    /// <summary><c>--kubeconfig</c>: this file alone. Null for <c>KUBECONFIG</c>, then <c>~/.kube/config</c>, then the cluster around the Pod.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary><c>--context</c>, or null for the current one.</summary>
    public string? Context { get; init; }

    /// <summary><c>--namespace</c>, or null for the context's.</summary>
    public string? Namespace { get; init; }

    /// <summary><c>--as</c>: the user to act as, or null for oneself.</summary>
    public string? As { get; init; }

    /// <summary><c>--as-group</c>: the groups to act as; needs <see cref="As"/>.</summary>
    public IReadOnlyList<string> AsGroups { get; init; } = [];
}
