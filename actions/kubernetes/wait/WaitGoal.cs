using System.Text.Json.Nodes;

namespace RunbookOperator.Actions;

/// <summary>What can be waited for.</summary>
internal enum WaitKind
{
    Available,
    Ready,
    Complete,
    Deleted,
    Condition,
}

/// <summary>How far an object is.</summary>
/// <param name="Message">What it is, or what is missing.</param>
/// <param name="Reached">It is as it should be.</param>
/// <param name="Hopeless">It never will be.</param>
internal sealed record WaitState(string Message, bool Reached = false, bool Hopeless = false);

/// <summary>What an object should be. Pure.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Type">For <see cref="WaitKind.Condition"/>: its type.</param>
/// <param name="Status">For <see cref="WaitKind.Condition"/>: its status.</param>
internal sealed record WaitGoal(WaitKind Kind, string Type, string Status)
{
    private const string Prefix = "condition=";

    /// <summary>Reads the input <c>for</c>.</summary>
    /// <exception cref="ActionException">It is none.</exception>
    public static WaitGoal Parse(string text)
    {
        if (text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            var parts = text[Prefix.Length..].Split('=');
            return parts is [{ Length: > 0 }] or [{ Length: > 0 }, { Length: > 0 }]
                ? new WaitGoal(WaitKind.Condition, parts[0], parts.Length == 2 ? parts[1] : "True")
                : throw Wrong();
        }

        return text switch
        {
            "Available" => new WaitGoal(WaitKind.Available, "Available", "True"),
            "Ready" => new WaitGoal(WaitKind.Ready, "Ready", "True"),
            "Complete" => new WaitGoal(WaitKind.Complete, "Complete", "True"),
            "Deleted" => new WaitGoal(WaitKind.Deleted, "", ""),
            _ => throw Wrong(),
        };
    }

    /// <summary>How far <paramref name="found"/> is.</summary>
    public WaitState Look(JsonObject found)
    {
        if (Kind == WaitKind.Deleted)
        {
            return new WaitState(found.Text("metadata", "deletionTimestamp") is null ? "still there" : "being deleted");
        }

        if (found.Number("status", "observedGeneration") is { } observed && observed < found.Number("metadata", "generation"))
        {
            return new WaitState("its controller has not seen the latest change yet");
        }

        return Kind switch
        {
            WaitKind.Available or WaitKind.Ready when RolloutState.Of(found) is { } rollout => rollout,
            WaitKind.Complete when found.Condition("Failed") is { } failed && failed.Text("status") == "True" =>
                new WaitState($"failed: {failed.Text("message")}", Hopeless: true),
            WaitKind.Complete when found.Text("kind") == "Pod" => Phase(found.Text("status", "phase")),
            _ => Condition(found.Condition(Type)),
        };
    }

    private static WaitState Phase(string? phase) => phase switch
    {
        "Succeeded" => new WaitState("complete", Reached: true),
        "Failed" => new WaitState("failed", Hopeless: true),
        _ => new WaitState($"phase is {phase ?? "not set"}"),
    };

    private WaitState Condition(JsonNode? condition) => condition.Text("status") switch
    {
        null => new WaitState($"has no condition {Type} yet"),
        var status when status == Status => new WaitState($"{Type} is {status}", Reached: true),
        var status => new WaitState($"{Type} is {status}: {condition.Text("message") ?? condition.Text("reason")}"),
    };

    private static ActionException Wrong() => new("the input for must be Available, Ready, Complete, Deleted or condition=NAME");
}
