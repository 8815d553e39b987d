using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions.Tests.Cluster;

/// <summary>PodDisruptionBudgets, of policy/v1beta1 or policy/v1 as the server has it.</summary>
internal static class DisruptionBudgets
{
    /// <summary>Lets no pod with this label go, and waits until its controller has counted.</summary>
    public static async Task HoldAsync(IKubernetesClient client, string ns, string app)
    {
        var resource = await KindAsync(client);
        await client.CreateAsync(
            resource,
            new JsonObject
            {
                ["metadata"] = new JsonObject { ["name"] = app, ["namespace"] = ns },
                ["spec"] = new JsonObject { ["minAvailable"] = 1, ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = app } } },
            },
            null,
            CancellationToken.None);
        var name = new NamespacedName(ns, app);
        while ((await client.GetAsync(resource, name, CancellationToken.None)).Number("status", "currentHealthy") is not > 0)
        {
            await Task.Yield();
        }
    }

    /// <summary>Lets them go again.</summary>
    public static async Task ReleaseAsync(IKubernetesClient client, string ns, string app) =>
        await client.DeleteAsync(await KindAsync(client), new NamespacedName(ns, app), null, CancellationToken.None);

    private static async Task<ResourceDefinition> KindAsync(IKubernetesClient client) =>
        (await client.DiscoverAsync("poddisruptionbudgets.policy", null, CancellationToken.None))!;
}
