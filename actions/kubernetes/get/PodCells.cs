using System.Text.Json.Nodes;

namespace RunbookOperator.Actions;

/// <summary>READY, STATUS and RESTARTS of a pod as kubectl counts them.</summary>
internal static class PodCells
{
    public static string Ready(JsonObject pod)
    {
        var statuses = pod.Items("status", "containerStatuses").ToList();
        return $"{statuses.Count(status => status.Flag("ready"))}/{pod.Items("spec", "containers").Count()}";
    }

    public static string Restarts(JsonObject pod) =>
        $"{pod.Items("status", "containerStatuses").Sum(status => status.Number("restartCount") ?? 0)}";

    public static string Status(JsonObject pod)
    {
        if (pod.Text("metadata", "deletionTimestamp") is not null)
        {
            return "Terminating";
        }

        var init = pod.Items("status", "initContainerStatuses").Where(status => status.Number("state", "terminated", "exitCode") != 0);
        return Trouble(init) is { } start ? $"Init:{start}"
            : Trouble(pod.Items("status", "containerStatuses")) ?? pod.Text("status", "reason") ?? pod.Text("status", "phase") ?? "Unknown";
    }

    private static string? Trouble(IEnumerable<JsonNode> statuses)
    {
        string? trouble = null;
        foreach (var status in statuses)
        {
            trouble ??= status.Text("state", "waiting", "reason") ?? status.Text("state", "terminated", "reason")
                ?? (status.Number("state", "terminated", "exitCode") is { } code ? $"ExitCode:{code}" : null);
        }

        return trouble;
    }
}
