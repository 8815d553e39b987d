using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>How grave a change of a kind can be.</summary>
internal enum KindWeight
{
    /// <summary>The kind is known, and what of it is harmless.</summary>
    Known,

    /// <summary>Nothing is known of what its fields do.</summary>
    Unknown,

    /// <summary>It decides who may do what, what is admitted, who reaches what, or whether data is kept.</summary>
    Guarded,
}

/// <summary>What is known of a kind before the server is asked. Pure.</summary>
/// <param name="GroupResource">Such as <c>deployments.apps</c>; empty if it is not known.</param>
/// <param name="Kind">The kind, for people.</param>
/// <param name="Weight">How grave.</param>
/// <param name="Why">Why it is guarded; empty if it is not.</param>
internal sealed record KindRisk(string GroupResource, string Kind, KindWeight Weight, string Why = "")
{
    /// <summary>A kind that is not known before the run.</summary>
    public static readonly KindRisk Open = new("", "", KindWeight.Guarded, "the kind is not known before the run");

    private const string Access = "it decides who may do what";
    private const string Admission = "it decides what the API server takes";
    private const string Reach = "it decides who reaches what";
    private const string Data = "it decides whether data is kept";

    private static readonly (KindRisk Risk, string[] Names)[] Table =
    [
        (new("pods", "Pod", KindWeight.Known), ["pod", "pods", "po"]),
        (new("deployments.apps", "Deployment", KindWeight.Known), ["deployment", "deployments", "deploy"]),
        (new("statefulsets.apps", "StatefulSet", KindWeight.Known), ["statefulset", "statefulsets", "sts"]),
        (new("daemonsets.apps", "DaemonSet", KindWeight.Known), ["daemonset", "daemonsets", "ds"]),
        (new("replicasets.apps", "ReplicaSet", KindWeight.Known), ["replicaset", "replicasets", "rs"]),
        (new("jobs.batch", "Job", KindWeight.Known), ["job", "jobs"]),
        (new("cronjobs.batch", "CronJob", KindWeight.Known), ["cronjob", "cronjobs", "cj"]),
        (new("horizontalpodautoscalers.autoscaling", "HorizontalPodAutoscaler", KindWeight.Known),
            ["horizontalpodautoscaler", "horizontalpodautoscalers", "hpa"]),
        (new("poddisruptionbudgets.policy", "PodDisruptionBudget", KindWeight.Known), ["poddisruptionbudget", "poddisruptionbudgets", "pdb"]),
        (new("configmaps", "ConfigMap", KindWeight.Known), ["configmap", "configmaps", "cm"]),
        (new("services", "Service", KindWeight.Known), ["service", "services", "svc"]),
        (new("secrets", "Secret", KindWeight.Guarded, "it holds credentials"), ["secret", "secrets"]),
        (new("serviceaccounts", "ServiceAccount", KindWeight.Guarded, Access), ["serviceaccount", "serviceaccounts", "sa"]),
        (new("namespaces", "Namespace", KindWeight.Guarded, "all that is in it depends on it"), ["namespace", "namespaces", "ns"]),
        (new("nodes", "Node", KindWeight.Guarded, "every pod on it depends on it"), ["node", "nodes", "no"]),
        (new("persistentvolumes", "PersistentVolume", KindWeight.Guarded, Data), ["persistentvolume", "persistentvolumes", "pv"]),
        (new("persistentvolumeclaims", "PersistentVolumeClaim", KindWeight.Guarded, Data), ["persistentvolumeclaim", "persistentvolumeclaims", "pvc"]),
        (new("roles.rbac.authorization.k8s.io", "Role", KindWeight.Guarded, Access), ["role", "roles"]),
        (new("rolebindings.rbac.authorization.k8s.io", "RoleBinding", KindWeight.Guarded, Access), ["rolebinding", "rolebindings"]),
        (new("clusterroles.rbac.authorization.k8s.io", "ClusterRole", KindWeight.Guarded, Access), ["clusterrole", "clusterroles"]),
        (new("clusterrolebindings.rbac.authorization.k8s.io", "ClusterRoleBinding", KindWeight.Guarded, Access), ["clusterrolebinding", "clusterrolebindings"]),
        (new("ingresses.networking.k8s.io", "Ingress", KindWeight.Guarded, Reach), ["ingress", "ingresses", "ing"]),
        (new("networkpolicies.networking.k8s.io", "NetworkPolicy", KindWeight.Guarded, Reach), ["networkpolicy", "networkpolicies", "netpol"]),
        (new("customresourcedefinitions.apiextensions.k8s.io", "CustomResourceDefinition", KindWeight.Guarded, "every object of its kind depends on it"),
            ["customresourcedefinition", "customresourcedefinitions", "crd", "crds"]),
        (new("mutatingwebhookconfigurations.admissionregistration.k8s.io", "MutatingWebhookConfiguration", KindWeight.Guarded, Admission),
            ["mutatingwebhookconfiguration", "mutatingwebhookconfigurations"]),
        (new("validatingwebhookconfigurations.admissionregistration.k8s.io", "ValidatingWebhookConfiguration", KindWeight.Guarded, Admission),
            ["validatingwebhookconfiguration", "validatingwebhookconfigurations"]),
        (new("apiservices.apiregistration.k8s.io", "APIService", KindWeight.Guarded, Admission), ["apiservice", "apiservices"]),
    ];

    // Whole groups in which every kind is about access, admission, reach, or this operator itself.
    private static readonly (string Group, string Why)[] Groups =
    [
        ("rbac.authorization.k8s.io", Access), ("certificates.k8s.io", Access), ("admissionregistration.k8s.io", Admission), ("policy.k8s.io", Admission),
        ("networking.k8s.io", Reach), ("gateway.networking.k8s.io", Reach), ("storage.k8s.io", Data), ("apiregistration.k8s.io", Admission),
        ("apiextensions.k8s.io", Admission), ("flowcontrol.apiserver.k8s.io", Admission), ("runbooks.dev", "it is this operator's own"),
    ];

    /// <summary>The kind of this name, with its group or without, as <c>kubectl</c> takes it.</summary>
    public static KindRisk Named(string kind, string? apiVersion)
    {
        var dot = kind.IndexOf('.', StringComparison.Ordinal);
        var (name, suffix) = dot < 0 ? (kind, "") : (kind[..dot], kind[(dot + 1)..]);
        var slash = apiVersion?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        var group = slash > 0 ? apiVersion![..slash] : apiVersion is not null ? "" : null;
        var known = Table.FirstOrDefault(entry => entry.Names.Contains(name.ToLowerInvariant())).Risk;
        if (known is not null && IsIn(known.GroupResource, group, suffix))
        {
            return known;
        }

        return GroupOf(group ?? suffix, kind) ?? new KindRisk("", kind, KindWeight.Unknown);
    }

    /// <summary>The kind that the server has.</summary>
    public static KindRisk Of(ResourceDefinition resource) =>
        Table.FirstOrDefault(entry => entry.Risk.GroupResource == resource.GroupResource).Risk
            ?? GroupOf(resource.Group, resource.Kind)
            ?? new KindRisk(resource.GroupResource, resource.Kind, KindWeight.Unknown);

    private static KindRisk? GroupOf(string group, string kind) => Groups.FirstOrDefault(entry => group.EndsWith(entry.Group, StringComparison.Ordinal)) is { Why: { } why }
        ? new KindRisk("", kind, KindWeight.Guarded, why)
        : null;

    private static bool IsIn(string groupResource, string? group, string suffix)
    {
        var dot = groupResource.IndexOf('.', StringComparison.Ordinal);
        var own = dot < 0 ? "" : groupResource[(dot + 1)..];
        return (group is null || group == own) && (suffix.Length == 0 || suffix == own);
    }
}
