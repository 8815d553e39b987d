using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>What comes of a pod that is to leave its node.</summary>
internal enum Leaving
{
    /// <summary>It may go.</summary>
    Free,

    /// <summary>It stays: the kubelet or its DaemonSet would start it again at once.</summary>
    Stays,

    /// <summary>Nothing would make another.</summary>
    Unmanaged,

    /// <summary>Files would go with it.</summary>
    EmptyDir,

    /// <summary>It is on its way out already.</summary>
    Ending,
}

/// <summary>Sorts pods as <c>kubectl drain</c> does. Pure.</summary>
internal static class PodLeaving
{
    private const string Mirror = "kubernetes.io/config.mirror";

    /// <summary>What comes of a pod that is to leave.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="unmanaged">Whether a pod may go that nothing makes again.</param>
    /// <param name="emptyDir">Whether files in an emptyDir may go.</param>
    public static Leaving Of(JsonObject pod, bool unmanaged, bool emptyDir)
    {
        if (IsMirror(pod) || Controller(pod).Text("kind") == Workloads.DaemonSet.Kind)
        {
            return Leaving.Stays;
        }

        if (pod.Text("metadata", "deletionTimestamp") is not null)
        {
            return Leaving.Ending;
        }

        // What has ended has nothing left to lose.
        if (pod.Text("status", "phase") is "Succeeded" or "Failed")
        {
            return Leaving.Free;
        }

        return !unmanaged && Controller(pod) is null ? Leaving.Unmanaged : !emptyDir && HasFiles(pod) ? Leaving.EmptyDir : Leaving.Free;
    }

    /// <summary>Whether the kubelet runs the pod from a file: the API only mirrors it.</summary>
    public static bool IsMirror(JsonObject pod) => pod.Text("metadata", "annotations", Mirror) is not null;

    /// <summary>What makes another pod in its place, such as <c>ReplicaSet web-6d4b</c>; null if nothing does.</summary>
    public static string? MadeAgainBy(JsonObject pod) =>
        Controller(pod) is { } owner ? Variables.Clean($"{owner.Text("kind")} {owner.Text("name")}", Limits.Line) : null;

    /// <summary>Such as <c>checkout/web-1</c>.</summary>
    public static string NameOf(JsonObject pod) => $"{pod.Text("metadata", "namespace")}/{pod.Text("metadata", "name")}";

    /// <summary>Why a pod may not go, for a person; empty if it may.</summary>
    public static string Why(Leaving leaving) => leaving switch
    {
        Leaving.Unmanaged => "nothing makes it again; unmanaged: true lets it go all the same",
        Leaving.EmptyDir => "it keeps files in an emptyDir, which go with it; emptyDir: true lets them go",
        _ => "",
    };

    private static JsonNode? Controller(JsonObject pod) => pod.Items("metadata", "ownerReferences").FirstOrDefault(owner => owner.Flag("controller"));

    private static bool HasFiles(JsonObject pod) => pod.Items("spec", "volumes").Any(volume => volume.At("emptyDir") is not null);
}
