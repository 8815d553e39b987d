using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.TestKit;

namespace RunbookOperator.Faults;

/// <summary>The model: how the status of a run may change from one stored version to the next. It never goes back, and what is final stays.</summary>
internal static class RunHistory
{
    // From which state to which others, within one attempt. A state may always stay as it is.
    private static readonly Dictionary<string, string[]> Steps = new(StringComparer.Ordinal)
    {
        [""] = [StepState.Pending, StepState.Waiting, StepState.Running, StepState.Failed, StepState.Skipped, StepState.Unknown],
        [StepState.Pending] = [StepState.Waiting, StepState.Running, StepState.Failed, StepState.Skipped],
        [StepState.Waiting] = [StepState.Running, StepState.Succeeded, StepState.Failed, StepState.Skipped],

        // Back to Waiting only where what it touches has moved before it acted, so that people look again.
        [StepState.Running] = [StepState.Succeeded, StepState.Failed, StepState.Unknown, StepState.Waiting, StepState.Skipped],
        [StepState.Unknown] = [StepState.Succeeded, StepState.Failed, StepState.Skipped],
        [StepState.Failed] = [],
        [StepState.Succeeded] = [StepState.RolledBack],
        [StepState.Skipped] = [],
        [StepState.RolledBack] = [],
    };

    /// <summary>What no run may have done, over all versions of all runs of a namespace.</summary>
    public static IEnumerable<string> Broken(IEnumerable<StoredVersion> versions, string ns)
    {
        var last = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var version in versions.Where(version => version.Key.StartsWith($"/registry/{Names.Group}/runbookexecutions/{ns}/", StringComparison.Ordinal)))
        {
            if (version.Value is not { } value)
            {
                last.Remove(version.Key);
                continue;
            }

            var before = last.GetValueOrDefault(version.Key);
            if (before is not null && (string?)before["metadata"]!["uid"] == (string?)value["metadata"]!["uid"])
            {
                foreach (var problem in Between(before["status"], value["status"]))
                {
                    yield return $"{value["metadata"]!["name"]} at revision {version.Revision}: {problem}";
                }
            }

            last[version.Key] = value;
        }
    }

    /// <summary>What may not be between one status and the next.</summary>
    public static IEnumerable<string> Between(JsonNode? before, JsonNode? after)
    {
        if (JsonNode.DeepEquals(before, after) || before?["phase"] is null)
        {
            return [];
        }

        if (after is null)
        {
            return ["the status is gone"];
        }

        return Ends(before, after).Concat(StepChanges(before, after)).Concat(Trail(before, after));
    }

    private static IEnumerable<string> Ends(JsonNode before, JsonNode after)
    {
        if (ExecutionPhase.IsFinal((string?)before["phase"]))
        {
            yield return $"it had ended as {before["phase"]} and was changed to {after["phase"]}";
        }

        if ((string?)before["startedAt"] is { } started && started != (string?)after["startedAt"])
        {
            yield return $"it had started at {started} and starts at {after["startedAt"]}";
        }

        if (((long?)before["observedGeneration"] ?? -1) > ((long?)after["observedGeneration"] ?? -1))
        {
            yield return "the observed generation goes back";
        }
    }

    private static IEnumerable<string> StepChanges(JsonNode before, JsonNode after)
    {
        var now = Named(after);
        foreach (var (name, step) in Named(before))
        {
            if (!now.TryGetValue(name, out var next))
            {
                yield return $"step {name} is gone";
                continue;
            }

            var (attempt, later) = ((int?)step["attempt"] ?? 0, (int?)next["attempt"] ?? 0);
            var (state, then) = ((string?)step["state"] ?? "", (string?)next["state"] ?? "");
            if (later < attempt)
            {
                yield return $"step {name} goes back from attempt {attempt} to {later}";
            }
            else if (later == attempt && state != then && !Steps[state].Contains(then))
            {
                yield return $"step {name} goes from {state} to {then} within attempt {attempt}";
            }
            else if (later > attempt && StepState.IsFinal(state) && state != StepState.Failed)
            {
                yield return $"step {name} was {state} and is tried again";
            }
        }
    }

    private static IEnumerable<string> Trail(JsonNode before, JsonNode after)
    {
        var (old, now) = (Entries(before), Entries(after));
        if (now.Count < Limits.AuditEntries && !old.SequenceEqual(now.Take(old.Count), StringComparer.Ordinal))
        {
            yield return "entries of the audit trail were changed or lost";
        }

        if (now.Count != old.Count && (string?)before["audit"]?["head"] == (string?)after["audit"]?["head"])
        {
            yield return "the audit trail has grown under the same head";
        }
    }

    private static List<string> Entries(JsonNode status) => [.. (status["audit"]?["entries"]?.AsArray() ?? []).Select(static entry => entry!.ToJsonString())];

    private static Dictionary<string, JsonNode> Named(JsonNode status) =>
        (status["steps"]?.AsArray() ?? []).ToDictionary(static step => (string)step!["name"]!, static step => step!, StringComparer.Ordinal);
}
