using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;
using RunbookOperator.Risk;

namespace RunbookOperator.Actions.Tests;

public sealed class ManifestTests
{
    private static readonly ResourceDefinition Deployment = Workloads.Deployment;

    [Theory]
    [InlineData("""{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}}""", RiskLevel.Caution)]
    [InlineData("""{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"}, "spec": {"replicas": 3}}""", RiskLevel.Caution)]
    [InlineData("""{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}, "spec": {"type": "ClusterIP"}}""", RiskLevel.Caution)]
    [InlineData("""{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}, "spec": {"type": "LoadBalancer"}}""", RiskLevel.Dangerous)]
    [InlineData("""{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}, "spec": {"externalIPs": ["1.2.3.4"]}}""", RiskLevel.Dangerous)]
    [InlineData("""{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "a"}}""", RiskLevel.Dangerous)]
    [InlineData("""{"apiVersion": "v1", "kind": "secrets", "metadata": {"name": "a"}}""", RiskLevel.Dangerous)]
    [InlineData("""{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "a"}}""", RiskLevel.Dangerous)]
    [InlineData("""{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "a"}}""", RiskLevel.Dangerous)]
    [InlineData("""{"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": {"name": "a"}}""", RiskLevel.Dangerous)]
    [InlineData("""{"apiVersion": "rbac.authorization.k8s.io/v9", "kind": "Whatever", "metadata": {"name": "a"}}""", RiskLevel.Dangerous)]
    [InlineData("""{"apiVersion": "admissionregistration.k8s.io/v1", "kind": "MutatingWebhookConfiguration", "metadata": {"name": "a"}}""", RiskLevel.Dangerous)]
    [InlineData("""{"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": "a"}}""", RiskLevel.Dangerous)]
    [InlineData("""{"apiVersion": "runbooks.dev/v1alpha1", "kind": "RunbookPolicy", "metadata": {"name": "a"}}""", RiskLevel.Dangerous)]
    [InlineData("""{"apiVersion": "example.com/v1", "kind": "Deployment", "metadata": {"name": "a"}}""", RiskLevel.Dangerous)]
    [InlineData("""{"apiVersion": "v1", "kind": "${kind}", "metadata": {"name": "a"}}""", RiskLevel.Dangerous)]
    [InlineData("""{"apiVersion": "${version}", "kind": "ConfigMap", "metadata": {"name": "a"}}""", RiskLevel.Dangerous)]
    [InlineData("""{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"hostNetwork": true}}""", RiskLevel.Dangerous)]
    [InlineData("""{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"hostNetwork": false}}""", RiskLevel.Caution)]
    [InlineData("""{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"volumes": [{"name": "x", "hostPath": {"path": "/"}}]}}""", RiskLevel.Dangerous)]
    [InlineData("""{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"containers": [{"name": "x", "securityContext": {"privileged": "${p}"}}]}}""",
        RiskLevel.Dangerous)]
    [InlineData("""{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"containers": [{"name": "x", "securityContext": {"capabilities": {"add": ["SYS_ADMIN"]}}}]}}""",
        RiskLevel.Dangerous)]
    [InlineData("""{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"containers": [{"name": "x", "args": ["${x}"]}]}}""", RiskLevel.Dangerous)]
    public void A_manifest_is_as_risky_as_what_it_can_do(string manifest, RiskLevel expected)
    {
        var inputs = new ActionInputs(new JsonObject { ["manifest"] = JsonNode.Parse(manifest) });
        var assessment = new ApplyAction().Assess(inputs);
        Assert.Equal(expected, assessment.Risk);
        Assert.NotEmpty(assessment.Reasons);
    }

    [Theory]
    [InlineData("true", RiskLevel.Dangerous)]
    [InlineData("\"${f}\"", RiskLevel.Dangerous)]
    [InlineData("false", RiskLevel.Caution)]
    public void To_force_is_dangerous(string force, RiskLevel expected) => Assert.Equal(expected, new ApplyAction().Assess(Inputs.Of(
        $$"""{"manifest": {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"} }, "force": {{force}} }""")).Risk);

    [Theory]
    [InlineData("""{}""", "the input manifest is missing")]
    [InlineData("""{"manifest": {"kind": "ConfigMap", "metadata": {"name": "a"}}}""", "the manifest has no apiVersion")]
    [InlineData("""{"manifest": {"apiVersion": "v1", "kind": "ConfigMap"}}""", "the manifest has no metadata.name")]
    [InlineData("""{"manifest": {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"generateName": "a"}}}""", "the manifest has no metadata.name")]
    [InlineData("""{"manifest": {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "../a"}}}""", "metadata.name of the manifest must be the name of an object")]
    [InlineData("""{"manifest": {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "status": {}}}""",
        "the manifest must have no status: that is its controller's")]
    [InlineData("""{"manifest": {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "uid": "1"}}}""",
        "metadata.uid cannot be given; metadata takes name, namespace, labels, annotations, finalizers, ownerReferences")]
    [InlineData("""{"manifest": {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "namespace": "b"}}}""",
        "give the namespace as the input namespace; metadata.namespace may only repeat it")]
    [InlineData("""{"namespace": "c", "manifest": {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "namespace": "b"}}}""",
        "give the namespace as the input namespace; metadata.namespace may only repeat it")]
    [InlineData("""{"manifest": {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "annotations": {"runbooks.dev/attempt": "x"}}}}""",
        "the annotation runbooks.dev/attempt is the operator's own")]
    public void What_cannot_be_applied_is_refused(string with, string message) =>
        Assert.Equal(message, Assert.Throws<ActionException>(() => new ApplyAction().Assess(Inputs.Of(with))).Message);

    [Fact]
    public void The_way_back_holds_what_was_and_takes_away_what_was_not()
    {
        var change = Between(
            """{"spec": {"replicas": 2}, "metadata": {"labels": {"a": "1"}, "resourceVersion": "1"}, "status": {"x": 1}}""",
            """{"spec": {"replicas": 5, "paused": true}, "metadata": {"labels": {"a": "1", "b": "2"}, "annotations": {"c": "3", "runbooks.dev/attempt": "x"}, "resourceVersion": "2"}, "status": {"x": 2}}""");

        Assert.Equal("""{"spec":{"replicas":2,"paused":null},"metadata":{"labels":{"b":null},"annotations":{"c":null}}}""", change.Back!.ToJsonString());
        Assert.Equal("spec.replicas 2, spec.paused away, metadata.labels.b away, metadata.annotations.c away", change.Describe());
        Assert.Null(change.Obstacle(Deployment));
        Assert.Null(Between("""{"spec": {"a": 1}}""", """{"spec": {"a": 1}, "status": {"b": 2}}""").Back);
    }

    [Fact]
    public void A_way_back_that_is_too_long_or_holds_a_secret_is_not_kept()
    {
        Assert.Equal($"what is changed has more than {AppliedChange.MaximumBytes} bytes",
            Between($$"""{"data": {"a": "{{new string('x', AppliedChange.MaximumBytes)}}"} }""", "{}").Obstacle(Deployment));
        Assert.Equal("what is changed holds something secret, which is not kept",
            Between("""{"data": {"password": "hunter2hunter2"}}""", "{}").Obstacle(ConfigMap.Definition));
        Assert.Equal("the values of a Secret are not kept", Between("""{"data": {"a": "b"}}""", "{}").Obstacle(Secret.Definition));
    }

    [Fact]
    public void Whether_it_is_still_so_depends_on_nothing_but_what_was_changed()
    {
        var change = Between("""{"spec": {"replicas": 2, "x": 1}}""", """{"spec": {"replicas": 5, "x": 1}}""");
        Assert.Equal(change.After, AppliedChange.Hash(change.Back!, JsonNode.Parse("""{"spec": {"replicas": 5, "x": 9}}""")!.AsObject()));
        Assert.NotEqual(change.After, AppliedChange.Hash(change.Back!, JsonNode.Parse("""{"spec": {"replicas": 4, "x": 1}}""")!.AsObject()));
    }

    private static AppliedChange Between(string before, string after) =>
        AppliedChange.Between(JsonNode.Parse(before)!.AsObject(), JsonNode.Parse(after)!.AsObject());
}
