using System.Text.Json.Nodes;

namespace RunbookOperator.Actions;

/// <summary>
/// Whether a workload's rollout is through: every pod is of the newest template and available, as <c>kubectl rollout status</c> counts it. The
/// condition Available alone is true in the middle of a restart, of pods that are about to go.
/// </summary>
internal static class RolloutState
{
    /// <summary>The state of a Deployment, StatefulSet, DaemonSet or ReplicaSet; null for other kinds.</summary>
    public static WaitState? Of(JsonObject found) => (found.Text("apiVersion"), found.Text("kind")) switch
    {
        ("apps/v1", "Deployment") => Deployment(found),
        ("apps/v1", "StatefulSet") => StatefulSet(found),
        ("apps/v1", "ReplicaSet") => Compare(Wanted(found), ("available", Status(found, "availableReplicas"))),
        ("apps/v1", "DaemonSet") => Compare(
            Status(found, "desiredNumberScheduled"), ("updated", Updated(found, "updatedNumberScheduled", Status(found, "desiredNumberScheduled"))),
            ("available", Status(found, "numberAvailable"))),
        _ => null,
    };

    private static WaitState Deployment(JsonObject found)
    {
        if (found.Condition("Progressing").Text("reason") == "ProgressDeadlineExceeded")
        {
            return new WaitState("the rollout has exceeded its progress deadline", Hopeless: true);
        }

        if (found.Number("status", "observedGeneration") is null)
        {
            return new WaitState("its controller has not seen it yet");
        }

        var (updated, all) = (Status(found, "updatedReplicas"), Status(found, "replicas"));
        return all > updated && updated >= Wanted(found)
            ? new WaitState($"{all - updated} old pods are still there")
            : Compare(Wanted(found), ("updated", updated), ("available", Status(found, "availableReplicas")));
    }

    private static WaitState StatefulSet(JsonObject found)
    {
        if (found.Number("status", "observedGeneration") is null)
        {
            return new WaitState("its controller has not seen it yet");
        }

        // With a partition only the pods from that number on get the newest template.
        var wanted = Wanted(found);
        var partition = Math.Min(wanted, found.Number("spec", "updateStrategy", "rollingUpdate", "partition") ?? 0);
        var updated = found.Text("status", "updateRevision") == found.Text("status", "currentRevision")
            ? wanted
            : Math.Min(wanted, Updated(found, "updatedReplicas", wanted) + partition);
        return Compare(wanted, ("updated", updated), ("ready", Status(found, "readyReplicas")));
    }

    // A set that is updated by hand never gets there by itself: only its pods' health counts.
    private static long Updated(JsonObject found, string name, long wanted) =>
        found.Text("spec", "updateStrategy", "type") == "OnDelete" ? wanted : Status(found, name);

    private static WaitState Compare(long wanted, params ReadOnlySpan<(string Word, long Count)> counts)
    {
        foreach (var (word, count) in counts)
        {
            if (count < wanted)
            {
                return new WaitState($"{count} of {wanted} pods are {word}");
            }
        }

        return new WaitState($"{wanted} of {wanted} pods are {counts[^1].Word}", Reached: true);
    }

    private static long Wanted(JsonObject found) => found.Number("spec", "replicas") ?? 1;

    private static long Status(JsonObject found, string name) => found.Number("status", name) ?? 0;
}
