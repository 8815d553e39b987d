using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions.Tests.Cluster;

public sealed class DeletePodTests : ActionsOnCluster
{
    [Fact]
    public async Task A_pod_is_deleted_once_and_the_new_one_of_its_name_is_not()
    {
        var first = await PodAsync();
        var context = Context("""{"pod": "web-1"}""");
        var target = await Action("delete-pod").PrepareAsync(context, CancellationToken.None);

        var dry = await Action("delete-pod").ActAsync(context with { DryRun = true }, target, CancellationToken.None);
        Assert.Equal(first.Text("metadata", "uid"), (await GetAsync(Pod.Definition, "web-1")).Text("metadata", "uid"));

        var outcome = await Action("delete-pod").ActAsync(context, target, CancellationToken.None);
        var gone = await Action("delete-pod").ActAsync(context, target, CancellationToken.None);
        var second = await PodAsync();
        var again = await Action("delete-pod").ActAsync(context, target, CancellationToken.None);

        Assert.Equal($"dry run, nothing was changed: Pod {Name}/web-1 deleted\n", Assert.IsType<ActionOutcome.Succeeded>(dry).Output);
        Assert.Equal($"Pod {Name}/web-1 deleted\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        Assert.Equal($"Pod {Name}/web-1 is gone\n", Assert.IsType<ActionOutcome.Succeeded>(gone).Output);
        Assert.Equal($"Pod {Name}/web-1 is gone; there is another of its name, which was not touched\n", Assert.IsType<ActionOutcome.Succeeded>(again).Output);
        Assert.Equal(second.Text("metadata", "uid"), (await GetAsync(Pod.Definition, "web-1")).Text("metadata", "uid"));
        Assert.Equal((false, $"Cannot be undone: Pod {Name}/web-1 is gone; ReplicaSet web makes another."), (target!.Undoable, target.Undo));
        Assert.Null(await Action("delete-pod").PrepareUndoAsync(context, target, CancellationToken.None));
    }

    [Fact]
    public async Task A_pod_that_nothing_makes_again_is_refused()
    {
        await Client.CreateAsync(Pod.Definition, JsonNode.Parse($$"""
            {"metadata": {"name": "bare", "namespace": "{{Name}}"},
             "spec": {"automountServiceAccountToken": false, "nodeSelector": {"example.test/node": "none"}, "containers": [{"name": "web", "image": "example.test/web:1"}]} }
            """)!.AsObject(), null, CancellationToken.None);
        var exception = await Assert.ThrowsAsync<ActionException>(() => Action("delete-pod").PrepareAsync(Context("""{"pod": "bare"}"""), CancellationToken.None));
        Assert.Equal($"Pod {Name}/bare has no owner that would make another; kubernetes/delete deletes it all the same", exception.Message);
    }

    [Fact]
    public async Task A_pod_that_is_not_there_is_named()
    {
        var exception = await Assert.ThrowsAsync<ActionException>(() => Action("delete-pod").PrepareAsync(Context("""{"pod": "none"}"""), CancellationToken.None));
        Assert.Equal($"Pod {Name}/none does not exist", exception.Message);
    }

    // Of an owner that is not there: nothing else than the test touches the pod before the collector does.
    private async Task<JsonObject> PodAsync()
    {
        var replicaSet = await ApplyAsync(Workloads.ReplicaSet, Workload.Manifest(Workloads.ReplicaSet, "web", replicas: 1));
        return await Client.CreateAsync(Pod.Definition, JsonNode.Parse($$"""
            {"metadata": {"name": "web-1", "namespace": "{{Name}}", "labels": {"app": "web"},
              "ownerReferences": [{"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "web", "uid": "{{replicaSet.Text("metadata", "uid")}}", "controller": true}]},
             "spec": {"automountServiceAccountToken": false, "nodeSelector": {"example.test/node": "none"}, "containers": [{"name": "web", "image": "example.test/web:1"}]} }
            """)!.AsObject(), null, CancellationToken.None);
    }
}
