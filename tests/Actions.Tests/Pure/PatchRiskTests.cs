using RunbookOperator.Risk;

namespace RunbookOperator.Actions.Tests;

public sealed class PatchRiskTests
{
    [Theory]
    [InlineData("Deployment", """{"spec": {"paused": true}}""")]
    [InlineData("deploy", """{"spec": {"strategy": {"rollingUpdate": {"maxSurge": 2}}}}""")]
    [InlineData("deployments.apps", """{"spec": {"template": {"spec": {"terminationGracePeriodSeconds": 60, "nodeSelector": {"pool": "${pool}"}}}}}""")]
    [InlineData("Deployment", """{"metadata": {"labels": {"team": "shop"}, "annotations": {"example.com/a": null}}}""")]
    [InlineData("Deployment", """{"spec": {"template": {"metadata": {"annotations": {"example.com/restart": "now"}}}}}""")]
    [InlineData("cronjob", """{"spec": {"schedule": "0 3 * * *", "jobTemplate": {"spec": {"template": {"spec": {"affinity": {}}}}}}}""")]
    [InlineData("ConfigMap", """{"data": {"level": "debug", "old": null}}""")]
    [InlineData("hpa", """{"spec": {"metrics": [{"type": "Resource"}]}}""")]
    [InlineData("Service", """{"spec": {"selector": {"app": "web-2"}}}""")]
    [InlineData("PodDisruptionBudget", """{"spec": {"minAvailable": 1}}""")]
    public void A_merge_patch_of_harmless_fields_is_caution(string kind, string patch) => Assert.Equal(RiskLevel.Caution, Judge(kind, patch).Risk);

    [Theory]
    [InlineData("Deployment", """{"metadata": {"finalizers": []}}""", "decides whether it and what belongs to it are deleted")]
    [InlineData("Deployment", """{"metadata": {"ownerReferences": null}}""", "decides with what it is deleted")]
    [InlineData("Deployment", """{"metadata": {"labels": {"argocd.argoproj.io/instance": "x"}}}""", "decides what Argo CD does with it")]
    [InlineData("Deployment", """{"spec": {"template": {"spec": {"hostNetwork": true}}}}""", "opens the node to a container")]
    [InlineData("Deployment", """{"spec": {"template": {"spec": {"serviceAccountName": "admin"}}}}""", "decides who a pod acts as")]
    [InlineData("Deployment", """{"spec": {"template": {"spec": {"volumes": [{"hostPath": {"path": "/"}}]}}}}""", "can open the node")]
    [InlineData("Deployment", """{"spec": {"template": {"spec": {"securityContext": {"runAsUser": 0}}}}}""", "decides what a container may do")]
    [InlineData("Deployment", """{"spec": {"template": {"spec": {"containers": [{"name": "a", "image": "b"}]}}}}""", "whole containers")]
    [InlineData("Deployment", """{"spec": {"template": {"spec": {"priorityClassName": "system-node-critical"}}}}""", "is not known")]
    [InlineData("Deployment", """{"spec": {"template": null}}""", "what a change of spec/template does is not known")]
    [InlineData("Deployment", """{"spec": {"replicas": 0}}""", "kubernetes/scale")]
    [InlineData("Deployment", """{"spec": null}""", "is not known")]
    [InlineData("hpa", """{"spec": {"maxReplicas": 900}}""", "kubernetes/hpa")]
    [InlineData("Service", """{"spec": {"type": "LoadBalancer"}}""", "can expose it to the outside")]
    [InlineData("Service", """{"metadata": {"annotations": {"example.com/a": "b"}}}""", "annotations of a Service")]
    [InlineData("ConfigMap", """{"data": null}""", "is not known")]
    [InlineData("ConfigMap", """{"immutable": true}""", "is not known")]
    [InlineData("Pod", """{"spec": {"activeDeadlineSeconds": 1}}""", "is not known")]
    [InlineData("Secret", """{"metadata": {"labels": {"a": "b"}}}""", "it holds credentials")]
    [InlineData("clusterroles", """{"metadata": {"labels": {"a": "b"}}}""", "it decides who may do what")]
    [InlineData("Role", """{"rules": []}""", "it decides who may do what")]
    [InlineData("Node", """{"spec": {"unschedulable": true}}""", "every pod on it depends on it")]
    [InlineData("ns", """{"metadata": {"labels": {"a": "b"}}}""", "all that is in it depends on it")]
    [InlineData("crd", """{"spec": {"preserveUnknownFields": true}}""", "every object of its kind depends on it")]
    [InlineData("MutatingWebhookConfiguration", """{"webhooks": []}""", "it decides what the API server takes")]
    [InlineData("pvc", """{"spec": {"resources": {}}}""", "it decides whether data is kept")]
    [InlineData("certificates.cert-manager.io", """{"spec": {"dnsNames": []}}""", "what the fields of a certificates.cert-manager.io do is not known")]
    [InlineData("ingressclasses.networking.k8s.io", """{"spec": {"a": 1}}""", "it decides who reaches what")]
    [InlineData("${kind}", """{"spec": {"paused": true}}""", "the kind is not known before the run")]
    public void A_merge_patch_of_anything_else_is_dangerous_and_says_why(string kind, string patch, string reason)
    {
        var assessment = Judge(kind, patch);
        Assert.Equal(RiskLevel.Dangerous, assessment.Risk);
        Assert.Contains(reason, assessment.Reasons[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"op": "replace", "path": "/spec/template/spec/containers/0/image", "value": "a:2"}]""", RiskLevel.Caution)]
    [InlineData("""[{"op": "add", "path": "/spec/template/spec/tolerations/-", "value": {"operator": "Exists"}}]""", RiskLevel.Caution)]
    [InlineData("""[{"op": "add", "path": "/metadata/annotations/example.com~1a", "value": "b"}]""", RiskLevel.Caution)]
    [InlineData("""[{"op": "test", "path": "/spec/template/spec/hostNetwork", "value": true}]""", RiskLevel.Caution)]
    [InlineData("""[{"op": "add", "path": "/metadata/annotations/pod-security.kubernetes.io~1enforce", "value": "b"}]""", RiskLevel.Dangerous)]
    [InlineData("""[{"op": "remove", "path": "/metadata/finalizers/0"}]""", RiskLevel.Dangerous)]
    [InlineData("""[{"op": "add", "path": "/spec/template/spec/containers/-", "value": {"name": "x", "image": "y"}}]""", RiskLevel.Dangerous)]
    [InlineData("""[{"op": "remove", "path": "/spec/template/spec/containers/1"}]""", RiskLevel.Dangerous)]
    [InlineData("""[{"op": "add", "path": "/spec/template/spec/containers/0/securityContext", "value": {}}]""", RiskLevel.Dangerous)]
    [InlineData("""[{"op": "add", "path": "/spec/template/spec/containers/0/env/0/value", "value": "x"}]""", RiskLevel.Dangerous)]
    [InlineData("""[{"op": "replace", "path": "/spec", "value": {"paused": true, "replicas": 1}}]""", RiskLevel.Dangerous)]
    [InlineData("""[{"op": "replace", "path": "/spec/${field}", "value": true}]""", RiskLevel.Dangerous)]
    public void A_JSON_patch_is_judged_by_every_place_it_changes(string operations, RiskLevel expected) =>
        Assert.Equal(expected, new PatchAction().Assess(Inputs.Of($$"""{"kind": "Deployment", "name": "web", "operations": {{operations}} }""")).Risk);

    [Theory]
    [InlineData("Deployment", """{"metadata": {"uid": "x"}}""", "metadata/uid")]
    [InlineData("Deployment", """{"metadata": {"resourceVersion": "1"}}""", "metadata/resourceVersion")]
    [InlineData("Deployment", """{"metadata": {"annotations": null}}""", "metadata/annotations")]
    [InlineData("Deployment", """{"metadata": {"annotations": {"runbooks.dev/attempt": "x"}}}""", "runbooks.dev/attempt")]
    [InlineData("Deployment", """{"metadata": null}""", "metadata")]
    [InlineData("Deployment", """{"status": {"replicas": 1}}""", "status")]
    [InlineData("Deployment", """{"kind": "Pod"}""", "kind")]
    [InlineData("Deployment", "{}", "give one of patch and operations")]
    [InlineData("Secret", """{"data": {"password": "aHVudGVyMg=="}}""", "values of a Secret")]
    [InlineData("secrets", """{"stringData": {"password": "x"}}""", "values of a Secret")]
    public void What_no_patch_may_change_is_refused(string kind, string patch, string message) =>
        Assert.Contains(message, Assert.Throws<ActionException>(() => Judge(kind, patch)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("kube-system", RiskLevel.Dangerous)]
    [InlineData("${ns}", RiskLevel.Dangerous)]
    [InlineData("shop", RiskLevel.Caution)]
    public void Configuration_of_the_cluster_itself_is_dangerous(string ns, RiskLevel expected) =>
        Assert.Equal(expected, new PatchAction().Assess(Inputs.Of($$"""{"kind": "cm", "name": "a", "namespace": "{{ns}}", "patch": {"data": {"a": "b"} } }""")).Risk);

    private static ActionAssessment Judge(string kind, string patch) =>
        new PatchAction().Assess(Inputs.Of($$"""{"kind": "{{kind}}", "name": "web", "patch": {{patch}} }"""));
}
