using System.Text.Json.Nodes;

namespace RunbookOperator.TestKit;

/// <summary>Installs the CustomResourceDefinitions that fit the server, once in a test run.</summary>
public static class Definitions
{
    private static readonly Version FirstWithRules = new(1, 30);

    private static readonly Lazy<Task> Installed = new(ApplyAsync);

    /// <summary>Returns when every kind is served.</summary>
    public static Task InstallAsync(CancellationToken cancellationToken) => Installed.Value.WaitAsync(cancellationToken);

    private static async Task ApplyAsync()
    {
        var kubectl = await Kubectl.AdministratorAsync(CancellationToken.None);
        var version = JsonNode.Parse(await kubectl.RunAsync(["get", "--raw", "/version"]))!;

        // gitVersion, such as v1.20.2: a server that was built without release tooling leaves major and minor empty.
        var release = Version.Parse(((string)version["gitVersion"]!).TrimStart('v').Split('-', '+')[0]);
        var files = release < FirstWithRules ? "deploy/crds-1.20.yaml" : "crds/";
        var applied = await kubectl.RunAsync(["apply", "--server-side", "--force-conflicts", "-o", "name", "-f", files]);
        await kubectl.RunAsync(["wait", "--for=condition=Established", "--timeout=30s", .. applied.Split('\n', StringSplitOptions.RemoveEmptyEntries)]);
    }
}
