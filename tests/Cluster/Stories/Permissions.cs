using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Cluster.Stories;

/// <summary>What deploy/operator.yaml grants, without the Deployment: the operator of a test runs in the test's process.</summary>
internal static class Permissions
{
    private static readonly Lazy<Task> Installed = new(ApplyAsync);

    private static readonly Lazy<Task<ClusterConfig>> Config = new(ConnectAsync);

    /// <summary>Returns when the kinds are served and the operator's account has its rights.</summary>
    public static Task InstallAsync() => Installed.Value;

    /// <summary>The operator's own way to the cluster: with the token of its service account.</summary>
    public static Task<ClusterConfig> OperatorAsync() => Config.Value;

    private static async Task ApplyAsync()
    {
        await Definitions.InstallAsync(CancellationToken.None);
        var kubectl = await Kubectl.AdministratorAsync(CancellationToken.None);
        var manifests = await File.ReadAllTextAsync(Path.Combine(TestCluster.RepositoryRoot, "deploy", "operator.yaml"));
        var granted = manifests.Split("\n---\n").Where(document => !document.Contains("\nkind: Deployment\n", StringComparison.Ordinal)
            && !document.Contains("\nkind: PodDisruptionBudget\n", StringComparison.Ordinal));
        await kubectl.RunAsync(["apply", "-f", "-"], string.Join("\n---\n", granted));
        await kubectl.RunAsync(["apply", "-f", "-"], $$"""
            apiVersion: v1
            kind: Secret
            type: kubernetes.io/service-account-token
            metadata:
              name: operator-in-tests
              namespace: {{TestOperator.Namespace}}
              annotations: {kubernetes.io/service-account.name: runbook-operator}
            """);
    }

    private static async Task<ClusterConfig> ConnectAsync()
    {
        await InstallAsync();
        var kubeconfig = await TestCluster.KubeconfigAsync(CancellationToken.None);
        var kubectl = Kubectl.For(kubeconfig);
        var end = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var token = await kubectl.RunAsync(["get", "secret", "-n", TestOperator.Namespace, "operator-in-tests", "-o", "jsonpath={.data.token}"]);
            if (token.Length > 0)
            {
                var file = Path.Combine(Directory.CreateTempSubdirectory("runbooks-test-").FullName, "token");
                await File.WriteAllBytesAsync(file, Convert.FromBase64String(token));
                return WithToken(kubeconfig, file);
            }

            if (TimeProvider.System.GetElapsedTime(end) > TimeSpan.FromSeconds(30))
            {
                throw new TimeoutException("the cluster made no token for the operator's account");
            }
        }
    }

    private static ClusterConfig WithToken(string kubeconfig, string tokenFile)
    {
        var administrator = ClusterConfig.FromKubeconfig([kubeconfig]);
        var file = tokenFile + ".kubeconfig";
        var authorities = Path.Combine(Path.GetDirectoryName(tokenFile)!, "ca.crt");
        File.WriteAllText(authorities, string.Join('\n', administrator.CertificateAuthorities!.Select(static authority => authority.ExportCertificatePem())));
        File.WriteAllText(file, $$$"""
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "{{{administrator.Server}}}", certificate-authority: {{{authorities}}}}}]
            users: [{name: u, user: {tokenFile: {{{tokenFile}}}}}]
            contexts: [{name: x, context: {cluster: c, user: u}}]
            current-context: x
            """);
        return ClusterConfig.FromKubeconfig([file]);
    }
}
