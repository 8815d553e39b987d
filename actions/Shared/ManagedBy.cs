using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>Whether Argo CD or Flux keeps an object as Git says: then a change of it does not last. Read from the labels and annotations that
/// both write, and from the names under which they own fields.</summary>
internal static class ManagedBy
{
    private const string Kustomize = "kustomize.toolkit.fluxcd.io";
    private const string Helm = "helm.toolkit.fluxcd.io";
    private const string ArgoTracking = "argocd.argoproj.io/tracking-id";
    private const string ArgoInstance = "argocd.argoproj.io/instance";

    private static readonly string[] ArgoManagers = ["argocd-controller", "argocd-application-controller"];

    /// <summary>One sentence for the person who approves a change, or null if neither manages the object.</summary>
    public static string? Of(JsonObject found)
    {
        if (Flux(found) is { } flux)
        {
            return flux;
        }

        if (Argo(found) is not { } application)
        {
            return null;
        }

        var named = application.Length == 0 ? "" : $" (application {Variables.Clean(application, Limits.Label)})";
        return $"Argo CD manages it{named}: the change will be reverted at a sync; change it in Git too";
    }

    private static string? Flux(JsonObject found)
    {
        if (found.Text("metadata", "labels", Helm + "/name") is { } release)
        {
            return Sentence("HelmRelease", found.Text("metadata", "labels", Helm + "/namespace"), release, "upgrade");
        }

        // Flux leaves alone what is marked so, though its labels stay.
        var left = found.Text("metadata", "annotations", Kustomize + "/reconcile") == "disabled"
            || found.Text("metadata", "annotations", Kustomize + "/ssa") is "Ignore" or "IfNotPresent";
        return !left && found.Text("metadata", "labels", Kustomize + "/name") is { } name
            ? Sentence("Kustomization", found.Text("metadata", "labels", Kustomize + "/namespace"), name, "reconciliation")
            : null;
    }

    private static string Sentence(string kind, string? ns, string name, string when) => Variables.Clean(
        $"Flux manages it ({kind} {(ns is null ? "" : ns + "/")}{name}): the change will be reverted at the next {when}; change it in Git too", Limits.Line);

    // The tracking id begins with the application's name. The label app.kubernetes.io/instance is not asked: Helm writes it as well.
    private static string? Argo(JsonObject found)
    {
        if (found.Text("metadata", "annotations", ArgoTracking) is { } tracking)
        {
            return tracking.Split(':')[0];
        }

        return found.Text("metadata", "labels", ArgoInstance)
            ?? (found.Items("metadata", "managedFields").Any(entry => ArgoManagers.Contains(entry.Text("manager"))) ? "" : null);
    }
}
