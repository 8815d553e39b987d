using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions.Tests;

public sealed class ColumnsTests
{
    [Theory]
    [InlineData("pods", "", """{"spec": {"nodeName": "n1", "containers": [{}, {}]}, "status": {"phase": "Running", "containerStatuses": [{"ready": true, "restartCount": 2}, {"ready": false, "restartCount": 1, "state": {"waiting": {"reason": "CrashLoopBackOff"}}}]}}""",
        "READY=1/2 STATUS=CrashLoopBackOff RESTARTS=3 NODE=n1")]
    [InlineData("pods", "", """{"spec": {"containers": [{}]}, "status": {"phase": "Pending", "initContainerStatuses": [{"state": {"terminated": {"exitCode": 0}}}, {"state": {"waiting": {"reason": "ImagePullBackOff"}}}]}}""",
        "READY=0/1 STATUS=Init:ImagePullBackOff RESTARTS=0 NODE=")]
    [InlineData("pods", "", """{"status": {"phase": "Failed", "reason": "Evicted"}}""", "READY=0/0 STATUS=Evicted RESTARTS=0 NODE=")]
    [InlineData("pods", "", """{"metadata": {"deletionTimestamp": "2026-01-01T00:00:00Z"}}""", "READY=0/0 STATUS=Terminating RESTARTS=0 NODE=")]
    [InlineData("pods", "", """{"status": {"containerStatuses": [{"state": {"terminated": {"exitCode": 137}}}]}}""", "READY=0/0 STATUS=ExitCode:137 RESTARTS=0 NODE=")]
    [InlineData("deployments", "apps", """{"spec": {"replicas": 3, "template": {"spec": {"containers": [{"image": "a:1"}, {"image": "b:2"}]}}}, "status": {"readyReplicas": 2, "updatedReplicas": 3}}""",
        "READY=2/3 UP-TO-DATE=3 AVAILABLE=0 IMAGES=a:1,b:2")]
    [InlineData("jobs", "batch", """{"status": {"succeeded": 1, "conditions": [{"type": "Complete", "status": "True"}]}}""", "COMPLETIONS=1/1 STATUS=Complete")]
    [InlineData("nodes", "", """{"spec": {"unschedulable": true}, "status": {"conditions": [{"type": "Ready", "status": "True"}], "nodeInfo": {"kubeletVersion": "v1.20.2"}}}""",
        "STATUS=Ready,SchedulingDisabled VERSION=v1.20.2")]
    [InlineData("services", "", """{"spec": {"type": "ClusterIP", "clusterIP": "10.96.0.9", "ports": [{"port": 80, "protocol": "TCP"}]}}""",
        "TYPE=ClusterIP CLUSTER-IP=10.96.0.9 PORTS=80/TCP")]
    [InlineData("certificates", "cert-manager.io", """{"status": {"conditions": [{"type": "Ready", "status": "False"}]}}""", "READY=NotReady STATUS=")]
    public void A_kind_shows_what_matters_of_it(string plural, string group, string json, string expected)
    {
        var value = JsonNode.Parse(json)!.AsObject();
        var columns = Columns.Of(new ResourceDefinition(group, "v1", "Any", plural));
        Assert.Equal(expected, string.Join(' ', columns.Select(column => $"{column.Title}={column.Read(value)}")));
    }

    [Fact]
    public void Odd_objects_do_not_break_a_table()
    {
        var odd = JsonNode.Parse("""{"spec": [], "status": {"conditions": {}, "containerStatuses": [1, null, "x"]}, "data": 5, "metadata": "x"}""")!.AsObject();
        foreach (var (plural, group) in ((string, string)[])[("pods", ""), ("deployments", "apps"), ("jobs", "batch"), ("nodes", ""), ("services", ""), ("secrets", ""), ("x", "y")])
        {
            Assert.All(Columns.Of(new ResourceDefinition(group, "v1", "Any", plural)), column => column.Read(odd));
        }
    }
}
