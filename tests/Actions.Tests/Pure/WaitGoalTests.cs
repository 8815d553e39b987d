using System.Text.Json.Nodes;

namespace RunbookOperator.Actions.Tests;

public sealed class WaitGoalTests
{
    [Theory]
    [InlineData("Available", """{"spec": {"replicas": 3}, "status": {"observedGeneration": 2, "replicas": 3, "updatedReplicas": 3, "availableReplicas": 3}}""",
        "reached: 3 of 3 pods are available")]
    [InlineData("Available", """{"spec": {"replicas": 3}, "status": {"observedGeneration": 1, "replicas": 3, "updatedReplicas": 3, "availableReplicas": 3}}""",
        "not yet: its controller has not seen the latest change yet")]
    [InlineData("Available", """{"spec": {"replicas": 3}, "status": {"observedGeneration": 2, "replicas": 4, "updatedReplicas": 2, "availableReplicas": 3}}""",
        "not yet: 2 of 3 pods are updated")]
    [InlineData("Available", """{"spec": {"replicas": 3}, "status": {"observedGeneration": 2, "replicas": 4, "updatedReplicas": 3, "availableReplicas": 4}}""",
        "not yet: 1 old pods are still there")]
    [InlineData("Ready", """{"spec": {"replicas": 3}, "status": {"observedGeneration": 2, "replicas": 3, "updatedReplicas": 3, "availableReplicas": 2}}""",
        "not yet: 2 of 3 pods are available")]
    [InlineData("Available", """{"spec": {"replicas": 0}, "status": {"observedGeneration": 2}}""", "reached: 0 of 0 pods are available")]
    [InlineData("Available", """{"spec": {"replicas": 1}, "status": {}}""", "not yet: its controller has not seen it yet")]
    [InlineData("Available", """{"status": {"observedGeneration": 2, "conditions": [{"type": "Progressing", "reason": "ProgressDeadlineExceeded"}]}}""",
        "hopeless: the rollout has exceeded its progress deadline")]
    [InlineData("condition=Progressing", """{"status": {"conditions": [{"type": "Progressing", "status": "True"}]}}""", "reached: Progressing is True")]
    [InlineData("condition=Progressing=False", """{"status": {"conditions": [{"type": "Progressing", "status": "True", "reason": "New"}]}}""",
        "not yet: Progressing is True: New")]
    [InlineData("condition=Odd", "{}", "not yet: has no condition Odd yet")]
    [InlineData("Deleted", """{"metadata": {"generation": 2}}""", "not yet: still there")]
    [InlineData("Deleted", """{"metadata": {"deletionTimestamp": "2026-01-01T00:00:00Z"}}""", "not yet: being deleted")]
    public void A_deployment_is_where_kubectl_rollout_status_says(string goal, string json, string expected) =>
        Assert.Equal(expected, Look(goal, "apps/v1", "Deployment", json));

    [Theory]
    [InlineData("""{"spec": {"replicas": 2}, "status": {"observedGeneration": 2, "updatedReplicas": 2, "readyReplicas": 2, "updateRevision": "b", "currentRevision": "b"}}""",
        "reached: 2 of 2 pods are ready")]
    [InlineData("""{"spec": {"replicas": 2}, "status": {"observedGeneration": 2, "updatedReplicas": 1, "readyReplicas": 2, "updateRevision": "b", "currentRevision": "a"}}""",
        "not yet: 1 of 2 pods are updated")]
    [InlineData("""{"spec": {"replicas": 2, "updateStrategy": {"rollingUpdate": {"partition": 1}}}, "status": {"observedGeneration": 2, "updatedReplicas": 1, "readyReplicas": 2, "updateRevision": "b", "currentRevision": "a"}}""",
        "reached: 2 of 2 pods are ready")]
    [InlineData("""{"spec": {"replicas": 2, "updateStrategy": {"type": "OnDelete"}}, "status": {"observedGeneration": 2, "readyReplicas": 2, "updateRevision": "b", "currentRevision": "a"}}""",
        "reached: 2 of 2 pods are ready")]
    [InlineData("""{"spec": {"replicas": 2}, "status": {}}""", "not yet: its controller has not seen it yet")]
    public void A_stateful_set_is_through_when_every_pod_that_should_be_is_new(string json, string expected) =>
        Assert.Equal(expected, Look("Available", "apps/v1", "StatefulSet", json));

    [Theory]
    [InlineData("apps/v1", "DaemonSet", "Available", """{"status": {"observedGeneration": 2, "desiredNumberScheduled": 2, "updatedNumberScheduled": 1, "numberAvailable": 2}}""",
        "not yet: 1 of 2 pods are updated")]
    [InlineData("apps/v1", "ReplicaSet", "Ready", """{"spec": {"replicas": 1}, "status": {"observedGeneration": 2, "availableReplicas": 1}}""",
        "reached: 1 of 1 pods are available")]
    [InlineData("v1", "Pod", "Ready", """{"status": {"conditions": [{"type": "Ready", "status": "False", "message": "containers with unready status: [web]"}]}}""",
        "not yet: Ready is False: containers with unready status: [web]")]
    [InlineData("v1", "Pod", "Complete", """{"status": {"phase": "Succeeded"}}""", "reached: complete")]
    [InlineData("v1", "Pod", "Complete", """{"status": {"phase": "Failed"}}""", "hopeless: failed")]
    [InlineData("batch/v1", "Job", "Complete", """{"status": {"conditions": [{"type": "Complete", "status": "True"}]}}""", "reached: Complete is True")]
    [InlineData("batch/v1", "Job", "Complete", """{"status": {"conditions": [{"type": "Failed", "status": "True", "message": "backoff"}]}}""", "hopeless: failed: backoff")]
    [InlineData("cert-manager.io/v1", "Certificate", "Ready", """{"status": {"conditions": [{"type": "Ready", "status": "True"}]}}""", "reached: Ready is True")]
    [InlineData("v1", "ConfigMap", "Ready", """{"status": "odd"}""", "not yet: has no condition Ready yet")]
    public void Other_kinds_are_judged_by_what_they_say(string apiVersion, string kind, string goal, string json, string expected) =>
        Assert.Equal(expected, Look(goal, apiVersion, kind, json));

    private static string Look(string goal, string apiVersion, string kind, string json)
    {
        var found = JsonNode.Parse(json)!.AsObject();
        found["apiVersion"] = apiVersion;
        found["kind"] = kind;
        found["metadata"] ??= new JsonObject { ["generation"] = 2 };
        var state = WaitGoal.Parse(goal).Look(found);
        return $"{(state.Reached ? "reached" : state.Hopeless ? "hopeless" : "not yet")}: {state.Message}";
    }
}
