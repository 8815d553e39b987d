using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Cluster.Stories;

/// <summary>The runbooks of <c>examples/stories</c>, as they stand.</summary>
internal static class ExampleStories
{
    public static Task<string> ReadAsync(string example) =>
        File.ReadAllTextAsync(Path.Combine(TestCluster.RepositoryRoot, "examples", "stories", $"{example}.yaml"));

    /// <summary>Starts a run by hand, in the mode of the runbook, and of its name.</summary>
    public static async Task StartAsync(IKubernetesClient client, string ns, string example)
    {
        var runbook = await client.GetAsync<Runbook>(new NamespacedName(ns, example), CancellationToken.None);
        await client.CreateAsync(
            new RunbookExecution
            {
                Metadata = new ObjectMeta { Name = example, Namespace = ns },
                Spec = new RunbookExecutionSpec
                {
                    Runbook = new ExecutionRunbook { Name = example },
                    Trigger = new ExecutionTrigger { Type = TriggerType.Manual },
                    Mode = runbook.Spec.Mode!.Value,
                },
            },
            CancellationToken.None);
    }
}
