using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cli.Cluster;

/// <summary>A connection to a cluster, opened and not yet used.</summary>
/// <param name="Client">The API.</param>
/// <param name="Server">The API server's address, for messages.</param>
/// <param name="Namespace">The namespace that names are looked up in.</param>
internal sealed record ClusterConnection(IKubernetesClient Client, string Server, string Namespace);
