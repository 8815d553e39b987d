using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions.Tests.Cluster;

public sealed class LookTests : ActionsOnCluster
{
    private static readonly ResourceDefinition ConfigMap = new("", "v1", "ConfigMap", "configmaps");

    [Fact]
    public async Task Describe_shows_an_object_with_conditions_containers_pods_and_events()
    {
        await DeploymentAsync("web");
        await RevisionAsync("web", 1);
        await PodsAsync(2);

        var output = await OutputAsync("describe", """{"kind": "deploy", "name": "web"}""", TimeProvider.System.GetUtcNow());

        Assert.StartsWith($"Name:         web\nNamespace:    {Name}\nKind:         Deployment (apps/v1)\n", output, StringComparison.Ordinal);
        Assert.Contains("\nCONTAINER   IMAGE                REQUESTS   LIMITS\nweb         example.test/web:1   -          -\n", output, StringComparison.Ordinal);
        Assert.Matches("\nCONDITION +STATUS +REASON +MESSAGE\n", output);
        Assert.Matches("\nPOD +READY +STATUS +RESTARTS +NODE +AGE\nweb-[a-z0-9-]+ +0/1 +Pending", output);
        Assert.Matches("\nLAST SEEN +TYPE +REASON +EVENT\n[0-9]+s +Normal +ScalingReplicaSet +Scaled up", output);
    }

    [Fact]
    public async Task Describe_shows_no_value_of_a_secret()
    {
        await Client.CreateAsync(new Secret
        {
            Metadata = new ObjectMeta { Name = "db", Namespace = Name, Annotations = new() { ["note"] = "hunter2" } },
            StringData = new() { ["password"] = "hunter2" },
        }, CancellationToken.None);

        var output = await OutputAsync("describe", """{"kind": "Secret", "name": "db"}""", Now);

        Assert.Contains("Type:", output, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", output, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("hunter2"u8), output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recent_changes_tell_rollouts_images_and_configuration()
    {
        await DeploymentAsync("web", replicas: 0);
        await RevisionAsync("web", 1);
        await DeploymentAsync("web", replicas: 0, image: "example.test/web:2");
        await RevisionAsync("web", 2);
        await DeploymentAsync("other", replicas: 0);
        await ApplyAsync(ConfigMap, JsonNode.Parse("""
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings", "labels": {"app": "web"}}, "data": {"password": "hunter2"} }
            """)!.AsObject());

        var output = await OutputAsync("recent-changes", """{"name": "web"}""", TimeProvider.System.GetUtcNow());
        var all = await OutputAsync("recent-changes", """{"name": "nobody"}""", TimeProvider.System.GetUtcNow());

        Assert.Matches("\n[0-9]+s +Deployment/web +revision 2 by tests: image example.test/web:1 -> example.test/web:2\n", output);
        Assert.Matches("\n[0-9]+s +ConfigMap/settings +created by tests\n", output);
        Assert.DoesNotContain("other", output, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", output, StringComparison.Ordinal);
        Assert.StartsWith($"(nothing in {Name} goes by the name nobody: all of the namespace is shown)\n", all, StringComparison.Ordinal);
        Assert.Contains("Deployment/other", all, StringComparison.Ordinal);
        Assert.Equal(
            $"No changes in namespace {Name} that can be seen.\n", await OutputAsync("recent-changes", """{"since": "1s"}""", TimeProvider.System.GetUtcNow().AddHours(1)));
    }

    [Fact]
    public async Task Rollout_status_waits_and_tells_what_holds_it_up()
    {
        await DeploymentAsync("done", replicas: 0);
        await QuietAsync("done");
        await DeploymentAsync("stuck", replicas: 1);
        await RevisionAsync("stuck", 1);

        Assert.Equal(
            $"Deployment {Name}/done: 0 of 0 pods are available\nrevision 1\ncontainer web: example.test/web:1\n",
            await OutputAsync("rollout-status", """{"kind": "Deployment", "name": "done"}""", Now));
        Assert.IsType<ActionOutcome.Pending>(await ReadAsync("rollout-status", """{"kind": "Deployment", "name": "stuck"}"""));
        Assert.Contains(
            "\nAvailable is False: ", await OutputAsync("rollout-status", """{"kind": "Deployment", "name": "stuck", "watch": false}""", Now), StringComparison.Ordinal);

        await PatchAsync(Workloads.Deployment, "stuck", """{"spec": {"paused": true}}""");
        await RevisionAsync("stuck", 1);
        var failed = Assert.IsType<ActionOutcome.Failed>(await ReadAsync("rollout-status", """{"kind": "Deployment", "name": "stuck"}"""));
        Assert.StartsWith($"Deployment {Name}/stuck: the rollout is paused: ", failed.Message, StringComparison.Ordinal);
        Assert.Contains("container web: example.test/web:1", failed.Output!, StringComparison.Ordinal);
    }

    private async Task PodsAsync(int count)
    {
        await foreach (var _ in Client.WatchMetadataAsync(Pod.Definition, Name, new WatchOptions(), CancellationToken.None))
        {
            if (--count == 0)
            {
                return;
            }
        }
    }

    private async Task<string> OutputAsync(string action, string with, DateTimeOffset now) =>
        Assert.IsType<ActionOutcome.Succeeded>(await Action(action).ActAsync(Context(with) with { Now = now }, target: null, CancellationToken.None)).Output;
}
