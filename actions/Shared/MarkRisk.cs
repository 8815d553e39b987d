using RunbookOperator.Api;
using RunbookOperator.Risk;

namespace RunbookOperator.Actions;

/// <summary>What labels and annotations can do beyond saying something. Pure.</summary>
internal static class MarkRisk
{
    // What a key decides, by its beginning; a key of these is read by something that acts upon it.
    private static readonly (string Prefix, string Why)[] Decisive =
    [
        ("pod-security.kubernetes.io/", "decides which pods are admitted"),
        ("rbac.authorization.k8s.io/", "decides who may do what"),
        ("kubernetes.io/", "is read by Kubernetes itself"),
        ("node.kubernetes.io/", "is read by Kubernetes itself"),
        ("node-role.kubernetes.io/", "is read by Kubernetes itself"),
        ("node-restriction.kubernetes.io/", "decides which pods a node gets"),
        ("topology.kubernetes.io/", "is read by Kubernetes itself"),
        ("volume.kubernetes.io/", "is read by Kubernetes itself"),
        ("volume.beta.kubernetes.io/", "is read by Kubernetes itself"),
        ("pv.kubernetes.io/", "is read by Kubernetes itself"),
        ("deployment.kubernetes.io/", "is read by Kubernetes itself"),
        ("seccomp.security.alpha.kubernetes.io/", "decides what a container may do"),
        ("container.apparmor.security.beta.kubernetes.io/", "decides what a container may do"),
        ("service.beta.kubernetes.io/", "decides who reaches a service"),
        ("service.kubernetes.io/", "decides who reaches a service"),
        ("nginx.ingress.kubernetes.io/", "decides who reaches a service"),
        ("argocd.argoproj.io/", "decides what Argo CD does with it"),
        ("kustomize.toolkit.fluxcd.io/", "decides what Flux does with it"),
        ("helm.toolkit.fluxcd.io/", "decides what Flux does with it"),
        ("meta.helm.sh/", "decides what Helm does with it"),
        ("helm.sh/", "decides what Helm does with it"),
        ("reflector.v1.k8s.emberstack.com/", "copies it to other namespaces"),
        ("replicator.v1.mittwald.de/", "copies it to other namespaces"),
        ("strimzi.io/delete", "deletes data"),
        ("eks.amazonaws.com/", "decides what it may do in the cloud"),
        ("iam.gke.io/", "decides what it may do in the cloud"),
        ("azure.workload.identity/", "decides what it may do in the cloud"),
        ("iam.amazonaws.com/", "decides what it may do in the cloud"),
        (Names.Group + "/", "decides what this operator does"),
    ];

    /// <summary>The risk of changing these keys on an object of this kind.</summary>
    public static RiskFinding Of(KindRisk kind, IEnumerable<string> keys, bool annotations)
    {
        var findings = new List<RiskFinding> { RiskFinding.Caution(annotations ? "changes annotations, which controllers may act upon" : "changes labels, by which others select it") };
        if (kind.Weight == KindWeight.Guarded)
        {
            findings.Add(Dangerous(kind.Kind.Length == 0 ? kind.Why : $"marks a {kind.Kind}: {kind.Why}"));
        }

        if (annotations && kind.GroupResource == "services")
        {
            findings.Add(Dangerous("annotations of a Service can expose it to the outside"));
        }

        findings.AddRange(keys.Select(Judge).OfType<RiskFinding>());
        return RiskFinding.Of(findings);
    }

    /// <summary>What a key decides, or null if nothing is known of it.</summary>
    public static RiskFinding? Judge(string key) =>
        key is Names.RequestedAtAnnotation or Names.FluxRequestedAtAnnotation ? null
        : Decisive.FirstOrDefault(known => key.StartsWith(known.Prefix, StringComparison.Ordinal)) is { Why: { } why } ? Dangerous($"{key} {why}")
        : null;

    private static RiskFinding Dangerous(string reason) => new(RiskLevel.Dangerous, [reason]);
}
