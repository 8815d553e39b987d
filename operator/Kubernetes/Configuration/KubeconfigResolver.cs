namespace RunbookOperator.Kubernetes;

/// <summary>From a merged kubeconfig and a context to a connection.</summary>
internal static class KubeconfigResolver
{
    /// <param name="file">The merged files.</param>
    /// <param name="context">A context; null for the current one.</param>
    /// <param name="terminal">Whether a person is there to answer what a program asks.</param>
    public static ClusterConfig Resolve(Kubeconfig file, string? context, bool terminal)
    {
        var name = context ?? file.CurrentContext ?? throw new ConfigurationException($"{file.Names} has no current-context.");
        var chosen = file.Contexts?.Find(entry => entry.Name == name)
            ?? throw new ConfigurationException($"{file.Names} has no context \"{name}\".");
        var place = new Place(chosen.File, $"context \"{name}\"");
        var cluster = file.Clusters?.Find(entry => entry.Name == chosen.Context?.Cluster)
            ?? throw place.Error("cluster", $"\"{chosen.Context?.Cluster}\" is not there.");
        var user = string.IsNullOrEmpty(chosen.Context?.User)
            ? new NamedUser("", new KubeconfigUser()) { File = chosen.File }
            : file.Users?.Find(entry => entry.Name == chosen.Context.User)
                ?? throw place.Error("user", $"\"{chosen.Context.User}\" is not there.");

        var resolved = ClusterEntry.Resolve(cluster, out var told);
        return resolved with
        {
            Namespace = chosen.Context?.Namespace,
            Impersonate = UserEntry.Impersonate(user),
            Credentials = UserEntry.Credentials(user, told, terminal),
        };
    }
}
