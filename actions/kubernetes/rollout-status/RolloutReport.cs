using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>Where a rollout stands, for people. Pure.</summary>
internal static class RolloutReport
{
    /// <summary>How far it is. A paused Deployment never gets there by itself.</summary>
    public static WaitState State(JsonObject found)
    {
        if ((found.Number("status", "observedGeneration") ?? 0) < (found.Number("metadata", "generation") ?? 0))
        {
            return new WaitState("its controller has not seen the latest change yet");
        }

        var state = RolloutState.Of(found) ?? new WaitState("is no workload", Hopeless: true);
        return !state.Reached && found.Flag("spec", "paused") ? new WaitState($"the rollout is paused: {state.Message}", Hopeless: true) : state;
    }

    /// <summary>Revision, images and the conditions that are not as they should be.</summary>
    public static IEnumerable<string> Lines(JsonObject found)
    {
        if (found.Text("metadata", "annotations", RevisionHistory.Annotation) is { } revision)
        {
            yield return Variables.Clean($"revision {revision}", Limits.Line);
        }

        foreach (var container in found.Items("spec", "template", "spec", "containers"))
        {
            yield return Variables.Clean($"container {container.Text("name")}: {container.Text("image")}", Limits.Line);
        }

        foreach (var condition in found.Items("status", "conditions").Where(IsTrouble))
        {
            yield return Variables.Clean($"{condition.Text("type")} is {condition.Text("status")}: {condition.Text("message") ?? condition.Text("reason")}", Limits.Message);
        }
    }

    private static bool IsTrouble(JsonNode condition) =>
        condition.Text("status") == (condition.Text("type") is "ReplicaFailure" ? "True" : "False");
}
