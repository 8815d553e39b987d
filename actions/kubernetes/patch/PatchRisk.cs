using RunbookOperator.Api;
using RunbookOperator.Risk;

namespace RunbookOperator.Actions;

/// <summary>The risk of a patch from the places that it changes. What is not known to be bounded and reversible is dangerous. Pure.</summary>
internal static class PatchRisk
{
    private const string OwnNamespaces = "kube-";

    private static readonly string[] Metadata = ["labels", "annotations", "finalizers", "ownerReferences"];

    private static readonly (string Field, string Why)[] Grave =
    [
        ("finalizers", "decides whether it and what belongs to it are deleted"),
        ("ownerReferences", "decides with what it is deleted"),
        ("securityContext", "decides what a container may do"),
        ("hostNetwork", "opens the node to a container"),
        ("hostPID", "opens the node to a container"),
        ("hostIPC", "opens the node to a container"),
        ("serviceAccountName", "decides who a pod acts as"),
        ("serviceAccount", "decides who a pod acts as"),
        ("automountServiceAccountToken", "decides who a pod acts as"),
        ("volumes", "can open the node, or Secrets, to a container"),
        ("volumeMounts", "can open the node, or Secrets, to a container"),
        ("env", "can hold code, and values of Secrets"),
        ("envFrom", "can hold code, and values of Secrets"),
        ("command", "runs another program"),
        ("args", "runs another program"),
        ("lifecycle", "runs another program"),
        ("exec", "runs another program"),
        ("ephemeralContainers", "runs another program"),
        ("containers", "adds, removes or replaces whole containers"),
        ("initContainers", "adds, removes or replaces whole containers"),
        ("externalIPs", "can expose it to the outside"),
        ("type", "can expose it to the outside"),
        ("replicas", "is bounded by policies only where kubernetes/scale sets it"),
        ("parallelism", "is bounded by no policy"),
        ("maxReplicas", "is bounded by policies only where kubernetes/hpa sets it"),
        ("minReplicas", "is bounded by policies only where kubernetes/hpa sets it"),
    ];

    /// <summary>The risk.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="ns">The namespace; null for the run's own.</param>
    /// <param name="patch">The patch.</param>
    /// <param name="open">Whether a path of it is not known before the run.</param>
    /// <exception cref="ActionException">It changes what no patch may.</exception>
    public static RiskFinding Of(KindRisk kind, string? ns, PatchInput patch, bool open)
    {
        var findings = new List<RiskFinding>();
        if (open)
        {
            findings.Add(Dangerous("which field is changed is not known before the run"));
        }

        if (kind.Weight != KindWeight.Known)
        {
            findings.Add(Dangerous(kind.Weight == KindWeight.Unknown ? $"what the fields of a {kind.Kind} do is not known" : kind.Kind.Length == 0 ? kind.Why : $"changes a {kind.Kind}: {kind.Why}"));
        }

        if (kind.GroupResource == "configmaps" && ns is not null && (ns.StartsWith(OwnNamespaces, StringComparison.Ordinal) || Variables.NamesIn(ns).Any()))
        {
            findings.Add(Dangerous("ConfigMaps of Kubernetes' own namespaces decide how the cluster works"));
        }

        findings.AddRange(patch.Leaves().Select(leaf => Judge(kind, leaf)));
        return findings.Count == 0 ? RiskFinding.Caution("changes nothing, and says so to whoever watches the object") : RiskFinding.Of(findings);
    }

    private static RiskFinding Judge(KindRisk kind, PatchLeaf leaf)
    {
        CheckOwn(kind, leaf.Path);
        var shown = Variables.Clean(string.Join('/', leaf.Path), Limits.Line / 3);
        if (leaf.Path is ["metadata", "labels" or "annotations", var key])
        {
            return MarkRisk.Of(kind, [key], annotations: leaf.Path[1] == "annotations");
        }

        if (kind.Weight == KindWeight.Known && leaf.Path is [.., "template", "metadata", "annotations", _])
        {
            return MarkRisk.Judge(leaf.Path[^1]) ?? RiskFinding.Caution($"changes {shown}, and with it every pod");
        }

        if (HarmlessFields.Contain(kind, leaf.Path))
        {
            return RiskFinding.Caution($"changes {shown}");
        }

        var why = leaf.Path.Reverse().Select(name => Grave.FirstOrDefault(grave => grave.Field == name).Why).FirstOrDefault(why => why is not null);
        return Dangerous(why is null ? $"what a change of {shown} does is not known" : $"{shown} {why}");
    }

    // What makes the object that object, and what the action's own precondition needs.
    private static void CheckOwn(KindRisk kind, IReadOnlyList<string> path)
    {
        var shown = Variables.Clean(string.Join('/', path), Limits.Line);
        if (path is ["metadata"] or ["apiVersion"] or ["kind"] or ["status", ..] or ["metadata", "annotations" or "labels"]
            || (path is ["metadata", var field, ..] && !Metadata.Contains(field)))
        {
            throw new ActionException($"a patch cannot change {shown}; of metadata it takes labels and annotations one by one, finalizers and ownerReferences");
        }

        if (path is ["metadata", "annotations", Names.AttemptAnnotation])
        {
            throw new ActionException($"{Names.AttemptAnnotation} is written by every action itself");
        }

        if (kind.GroupResource == "secrets" && path is ["data" or "stringData", ..])
        {
            throw new ActionException("values of a Secret do not belong in a runbook: everybody who may read it would read them");
        }
    }

    private static RiskFinding Dangerous(string reason) => new(RiskLevel.Dangerous, [reason]);
}
