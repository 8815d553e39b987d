using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>Finds what changed since a moment from objects as they are now: revisions kept beside a workload, and who last wrote which object when.
/// Pure.</summary>
internal static class ChangeFinder
{
    /// <summary>The most changes; the newest.</summary>
    public const int Maximum = 100;

    private const string Leader = "control-plane.alpha.kubernetes.io/leader";

    /// <summary>The changes, oldest first.</summary>
    public static IReadOnlyList<RecentChange> Find(IReadOnlyList<JsonObject> objects, DateTimeOffset since)
    {
        var found = new List<RecentChange>();
        var revisions = WorkloadRevision.All(objects);
        foreach (var value in objects.Where(value => !IsNoise(value)))
        {
            var kind = value.Text("kind");
            if (kind is "ReplicaSet" or "ControllerRevision")
            {
                continue;
            }

            var title = Title(value);
            var writes = FieldWrite.Of(value, since);
            if (kind is "Deployment" or "StatefulSet" or "DaemonSet")
            {
                var rollout = WorkloadRevision.Rollout(revisions, value, writes, since);
                found.AddRange(rollout.Select(change => Change(change.At, title, change.What)));
                writes = [.. writes.Where(write => !rollout.Any(change => change.By == write))];
            }

            found.AddRange(writes.Select(write => Change(write.At, title, write.What)));
            found.AddRange(States(value, since).Select(state => Change(state.At, title, state.What)));
        }

        return [.. found.OrderBy(change => change.At).ThenBy(change => change.Object, StringComparer.Ordinal).TakeLast(Maximum)];
    }

    private static IEnumerable<(DateTimeOffset At, string What)> States(JsonObject value, DateTimeOffset since)
    {
        if (value.Time("status", "lastScaleTime") is { } scaled && scaled >= since)
        {
            yield return (scaled, $"scaled its target to {value.Number("status", "desiredReplicas") ?? 0} pods");
        }

        foreach (var condition in value.Items("status", "conditions"))
        {
            var at = condition.Time("lastTransitionTime");
            var bad = condition.Text("status") == (condition.Text("type") == "ReplicaFailure" ? "True" : "False");
            if (value.Text("kind") == "Deployment" && bad && at >= since)
            {
                yield return (at.Value, $"{condition.Text("type")} became {condition.Text("status")}: {condition.Text("reason")}");
            }
        }
    }

    // Locks of leaders change every second, and every namespace gets a copy of the cluster's authority.
    private static bool IsNoise(JsonObject value) => value.Text("kind") == "ConfigMap"
        && (value.Text("metadata", "name") == "kube-root-ca.crt" || value.Text("metadata", "annotations", Leader) is not null);

    private static string Title(JsonObject value) => $"{value.Text("kind")}/{value.Text("metadata", "name")}";

    private static RecentChange Change(DateTimeOffset at, string title, string what) =>
        new() { At = at, Object = Variables.Clean(title, Limits.Line), What = Variables.Clean(what, Limits.Line) };
}
