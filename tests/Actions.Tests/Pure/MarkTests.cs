using RunbookOperator.Risk;

namespace RunbookOperator.Actions.Tests;

public sealed class MarkTests
{
    [Theory]
    [InlineData("Pod", "app", RiskLevel.Caution)]
    [InlineData("Deployment", "example.com/team", RiskLevel.Caution)]
    [InlineData("certificates.cert-manager.io", "team", RiskLevel.Caution)]
    [InlineData("Namespace", "team", RiskLevel.Dangerous)]
    [InlineData("Secret", "team", RiskLevel.Dangerous)]
    [InlineData("Node", "pool", RiskLevel.Dangerous)]
    [InlineData("ClusterRole", "rbac.authorization.k8s.io/aggregate-to-admin", RiskLevel.Dangerous)]
    [InlineData("Deployment", "pod-security.kubernetes.io/enforce", RiskLevel.Dangerous)]
    [InlineData("Deployment", "runbooks.dev/use", RiskLevel.Dangerous)]
    [InlineData("Pod", "kubernetes.io/hostname", RiskLevel.Dangerous)]
    [InlineData("${kind}", "team", RiskLevel.Dangerous)]
    public void A_label_is_as_grave_as_what_acts_upon_it(string kind, string key, RiskLevel expected)
    {
        Assert.Equal(expected, Assess("label", "labels", kind, key).Risk);
        Assert.Equal(expected, new LabelAction().Assess(Inputs.Of($$"""{"kind": "{{kind}}", "name": "a", "remove": ["{{key}}"]}""")).Risk);
    }

    [Theory]
    [InlineData("Deployment", "example.com/note", RiskLevel.Caution)]
    [InlineData("RunbookRepository", "runbooks.dev/requestedAt", RiskLevel.Caution)]
    [InlineData("GitRepository", "reconcile.fluxcd.io/requestedAt", RiskLevel.Caution)]
    [InlineData("Service", "example.com/note", RiskLevel.Dangerous)]
    [InlineData("Ingress", "example.com/note", RiskLevel.Dangerous)]
    [InlineData("ServiceAccount", "eks.amazonaws.com/role-arn", RiskLevel.Dangerous)]
    [InlineData("Pod", "strimzi.io/delete-pod-and-pvc", RiskLevel.Dangerous)]
    [InlineData("Deployment", "deployment.kubernetes.io/revision", RiskLevel.Dangerous)]
    public void An_annotation_is_as_grave_as_what_acts_upon_it(string kind, string key, RiskLevel expected) =>
        Assert.Equal(expected, Assess("annotate", "annotations", kind, key).Risk);

    [Theory]
    [InlineData("""{"labels": {"a b": "c"}}""", "a b is no key such as example.com/name")]
    [InlineData("""{"labels": {"-a": "c"}}""", "-a is no key such as example.com/name")]
    [InlineData("""{"labels": {"Example.com/a": "c"}}""", "Example.com/a is no key such as example.com/name")]
    [InlineData("""{"labels": {"a": "b c"}}""", "the value of a must be at most 63 letters, digits and ._-")]
    [InlineData("""{"labels": {"a": 1}}""", "the value of a must be text; write it in quotes")]
    [InlineData("""{"labels": {"a": null}}""", "the value of a must be text; write it in quotes")]
    [InlineData("""{"labels": {"runbooks.dev/attempt": "x"}}""", "runbooks.dev/attempt is written by every action itself")]
    [InlineData("""{"labels": {"a": "x"}, "remove": ["a"]}""", "a is both set and removed")]
    [InlineData("""{"labels": {}}""", "give from 1 to 20 keys in labels and remove")]
    public void What_is_no_label_is_refused(string marks, string message)
    {
        var inputs = Inputs.Of("""{"kind": "Pod", "name": "web"}""" is var head ? head[..^1] + ", " + marks[1..] : "");
        Assert.Equal(message, Assert.Throws<ActionException>(() => new LabelAction().Assess(inputs)).Message);
    }

    [Fact]
    public void A_value_may_hold_a_variable_and_an_annotation_any_text()
    {
        Assert.NotEmpty(new LabelAction().Assess(Inputs.Of("""{"kind": "Pod", "name": "web", "labels": {"a": "${b}"}}""")).Reasons);
        Assert.NotEmpty(new AnnotateAction().Assess(Inputs.Of("""{"kind": "Pod", "name": "web", "annotations": {"a": "b c {}"}}""")).Reasons);
    }

    private static ActionAssessment Assess(string action, string map, string kind, string key) =>
        ActionCatalog.Default.Find("kubernetes/" + action)!.Assess(Inputs.Of($$"""{"kind": "{{kind}}", "name": "a", "{{map}}": {"{{key}}": "x"} }"""));
}
