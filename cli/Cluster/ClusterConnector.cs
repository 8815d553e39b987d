using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cli.Cluster;

/// <summary>Opens the connection to a real cluster.</summary>
internal static class ClusterConnector
{
    private const string DefaultNamespace = "default";

    /// <summary>Reads the configuration and prepares the client. Nothing is sent yet.</summary>
    /// <exception cref="CliException">There is no configuration, or it cannot be used.</exception>
    public static ClusterConnection Connect(ConnectionOptions options)
    {
        if (options is { As: null, AsGroups.Count: > 0 })
        {
            throw new CliException("--as-group needs --as");
        }

        try
        {
            var config = ClusterConfig.Load(options.Kubeconfig, options.Context);
            var identity = options.As is { } user ? new Impersonation(user, options.AsGroups) : config.Impersonate;
            var client = new KubernetesClient(config with { Impersonate = identity });
            return new ClusterConnection(client, config.Server.GetLeftPart(UriPartial.Authority), options.Namespace ?? config.Namespace ?? DefaultNamespace);
        }
        catch (ConfigurationException error)
        {
            throw new CliException(error.Message);
        }
    }
}
