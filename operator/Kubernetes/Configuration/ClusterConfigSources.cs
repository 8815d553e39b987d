using System.Security.Cryptography.X509Certificates;

namespace RunbookOperator.Kubernetes;

/// <content>Where a configuration is found.</content>
public sealed partial record ClusterConfig
{
    private const string ServiceAccountFolder = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>Finds the configuration, in this order: <paramref name="kubeconfig"/>; the files of <c>KUBECONFIG</c>; the Pod's service
    /// account; <c>~/.kube/config</c>.</summary>
    /// <param name="kubeconfig">A file, or null.</param>
    /// <param name="context">A context of the kubeconfig; null for its current one.</param>
    /// <exception cref="ConfigurationException">There is none, or it cannot be used.</exception>
    public static ClusterConfig Load(string? kubeconfig = null, string? context = null) =>
        Load(kubeconfig, context, Environment.GetEnvironmentVariable, ServiceAccountFolder);

    /// <summary>Reads kubeconfig files. Of two that set the same thing the first counts.</summary>
    /// <param name="paths">The files; all must be there.</param>
    /// <param name="context">A context; null for the current one.</param>
    /// <exception cref="ConfigurationException">A file or the context cannot be used.</exception>
    public static ClusterConfig FromKubeconfig(IReadOnlyList<string> paths, string? context = null) =>
        KubeconfigResolver.Resolve(KubeconfigReader.ReadAll(paths), context, terminal: !Console.IsInputRedirected);

    internal static ClusterConfig Load(string? kubeconfig, string? context, Func<string, string?> environment, string serviceAccountFolder)
    {
        if (!string.IsNullOrEmpty(kubeconfig))
        {
            return FromKubeconfig([kubeconfig], context);
        }

        var listed = (environment("KUBECONFIG") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (listed.Length > 0)
        {
            return FromListed(listed, context);
        }

        if (context is null && environment("KUBERNETES_SERVICE_HOST") is { Length: > 0 } host)
        {
            return InCluster(host, environment("KUBERNETES_SERVICE_PORT") ?? "443", serviceAccountFolder);
        }

        var file = Path.Combine(environment("HOME") ?? environment("USERPROFILE") ?? "", ".kube", "config");
        return File.Exists(file)
            ? FromKubeconfig([file], context)
            : throw new ConfigurationException($"No cluster is configured: --kubeconfig and KUBECONFIG are not set, this is no Pod, and {file} is not there.");
    }

    // Like kubectl: of several files those that are not there do not matter, as long as one is.
    private static ClusterConfig FromListed(string[] paths, string? context)
    {
        string[] present = [.. paths.Where(File.Exists)];
        return present.Length > 0
            ? FromKubeconfig(present, context)
            : throw new ConfigurationException($"None of the files in KUBECONFIG is there: {string.Join(", ", paths)}.");
    }

    private static ClusterConfig InCluster(string host, string port, string folder)
    {
        var token = Path.Combine(folder, "token");
        if (!File.Exists(token))
        {
            throw new ConfigurationException($"This is a Pod, but {token} is not there: automountServiceAccountToken may be off.");
        }

        var place = new Place(folder, "service account");
        var authority = new Material(null, Path.Combine(folder, "ca.crt"), "ca.crt", place);
        var ns = Path.Combine(folder, "namespace");
        return new ClusterConfig
        {
            Server = Uri.TryCreate($"https://{(host.Contains(':', StringComparison.Ordinal) ? $"[{host.Trim('[', ']')}]" : host)}:{port}", UriKind.Absolute, out var server)
                ? server
                : throw new ConfigurationException($"KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are no address: \"{host}\", \"{port}\"."),
            Namespace = File.Exists(ns) ? File.ReadAllText(ns).Trim() : null,
            CertificateAuthorities = Authorities.FromPem(authority.Open(TimeProvider.System)(), place),
            RenewedAuthorities = time => new Renewed<X509Certificate2Collection>(authority.Open(time), pem => Authorities.FromPem(pem, place)).Get,
            Credentials = time => UserCredentials.TokenFile(new FileText(token, "token", place, time)),
        };
    }
}
