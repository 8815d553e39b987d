namespace RunbookOperator.TestKit;

/// <summary>The real API server that the tests run against.</summary>
public static class TestCluster
{
    /// <summary>The variable that names the kubeconfig of a cluster to use in place of the project's own.</summary>
    public const string KubeconfigVariable = "RUNBOOKS_TEST_KUBECONFIG";

    // The first start on a machine builds Kubernetes from source.
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(20);
    private static readonly Lazy<Task<string>> Kubeconfig = new(FindOrStartAsync);

    /// <summary>The folder with the solution file.</summary>
    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    /// <summary>The path of an administrator's kubeconfig: of <see cref="KubeconfigVariable"/> if that is set, else of the project's own
    /// cluster, started with a node if it is not running. It stays up for the next test run; <c>tests/environment/cluster down</c> ends it.</summary>
    /// <param name="cancellationToken">Ends the waiting, not the start.</param>
    public static Task<string> KubeconfigAsync(CancellationToken cancellationToken) => Kubeconfig.Value.WaitAsync(cancellationToken);

    private static async Task<string> FindOrStartAsync()
    {
        if (Environment.GetEnvironmentVariable(KubeconfigVariable) is { Length: > 0 } path)
        {
            return File.Exists(path) ? path : throw new FileNotFoundException($"{KubeconfigVariable} names a file that is not there.", path);
        }

        var script = Path.Combine(RepositoryRoot, "tests", "environment", "cluster");
        var result = await Shell.RunAsync(script, ["up", "--reuse"], new ShellOptions { Timeout = StartTimeout }, CancellationToken.None);
        return result.EnsureSuccess().Output.TrimEnd();
    }

    private static string FindRepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "RunbookOperator.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No RunbookOperator.sln above {AppContext.BaseDirectory}.");
    }
}
