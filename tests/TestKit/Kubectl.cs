namespace RunbookOperator.TestKit;

/// <summary><c>kubectl</c> as a person uses it.</summary>
public sealed class Kubectl
{
    private readonly ShellOptions _options;

    private Kubectl(ShellOptions options) => _options = options;

    /// <summary>An administrator's.</summary>
    public static async Task<Kubectl> AdministratorAsync(CancellationToken cancellationToken) =>
        For(await TestCluster.KubeconfigAsync(cancellationToken));

    /// <summary>That of whoever <paramref name="kubeconfig"/> belongs to.</summary>
    public static Kubectl For(string kubeconfig) =>
        new(new ShellOptions { Environment = new Dictionary<string, string?> { ["KUBECONFIG"] = kubeconfig } });

    /// <summary>Runs it, whatever it answers.</summary>
    public Task<ShellResult> TryAsync(IReadOnlyList<string> arguments, string input = "", CancellationToken cancellationToken = default) =>
        Shell.RunAsync("kubectl", arguments, _options with { Input = input }, cancellationToken);

    /// <summary>Runs it and returns what it printed.</summary>
    public async Task<string> RunAsync(IReadOnlyList<string> arguments, string input = "", CancellationToken cancellationToken = default) =>
        (await TryAsync(arguments, input, cancellationToken)).EnsureSuccess().Output;
}
