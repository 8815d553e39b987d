using System.Text.Json;

namespace RunbookOperator.Kubernetes.Tests.Cluster;

/// <summary>A kind that only these tests know, served from the moment it is installed.</summary>
internal sealed record Widget : KubernetesObject, IKubernetesObject<Widget>
{
    public static ResourceDefinition Definition { get; } = new("tests.runbooks.dev", "v1", "Widget", "widgets");

    private const string Spec = """
        {"group":"tests.runbooks.dev","scope":"Namespaced","names":{"plural":"widgets","singular":"widget","kind":"Widget"},
         "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}
        """;

    private static readonly NamespacedName CrdName = new("", "widgets.tests.runbooks.dev");

    /// <summary>Installs the kind and waits until it is served. Disposing removes it.</summary>
    public static async Task<IAsyncDisposable> InstallAsync(KubernetesClient client, string ns)
    {
        var crd = new CustomResourceDefinition
        {
            Metadata = new ObjectMeta { Name = CrdName.Name },
            Spec = JsonSerializer.Deserialize<JsonElement>(Spec),
        };
        await client.ApplyAsync(crd, new ApplyOptions("tests"), CancellationToken.None);
        var watch = new WatchOptions { FieldSelector = $"metadata.name={CrdName.Name}" };
        await foreach (var change in client.WatchAsync<CustomResourceDefinition>(null, watch, CancellationToken.None))
        {
            if (change.Object?.Status?.Conditions?.Exists(condition => condition is { Type: "Established", Status: "True" }) == true)
            {
                break;
            }
        }

        await ServedAsync(client, ns);
        return new Removal(client);
    }

    // Established says that the kind is about to be served: the handler follows a moment later.
    private static async Task ServedAsync(KubernetesClient client, string ns)
    {
        while (!await IsListedAsync(client, ns))
        {
            await Task.Yield();
        }
    }

    private static async Task<bool> IsListedAsync(KubernetesClient client, string ns)
    {
        try
        {
            await client.ListAsync<Widget>(ns, null, CancellationToken.None);
            return true;
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return false;
        }
    }

    private sealed class Removal(KubernetesClient client) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await client.DeleteAsync<CustomResourceDefinition>(CrdName, null, CancellationToken.None);
    }
}
