using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RunbookOperator.TestKit;

/// <summary>What must hold of every status once a scenario has come to rest, whatever the kind. It reads JSON as the API server has it, and so
/// also sees what the types do not know.</summary>
public static partial class StatusInvariants
{
    private const string Ready = "Ready";
    private const string Reconciling = "Reconciling";
    private const string Stalled = "Stalled";

    // metav1.Condition allows that much.
    private const int MaxMessage = 32768;
    private const int MaxReason = 1024;

    /// <summary>Throws if something does not hold of any of <paramref name="objects"/>.</summary>
    /// <param name="objects">The objects.</param>
    /// <param name="summary">The condition that each must have: <c>Ready</c>, or <c>Succeeded</c> of what comes to an end.</param>
    /// <param name="reasons">The reasons that are declared.</param>
    /// <exception cref="InvalidOperationException">All that does not hold, a line each.</exception>
    public static void Ensure(IEnumerable<JsonObject> objects, string summary, IReadOnlySet<string> reasons)
    {
        var broken = objects.SelectMany(value => Broken(value, summary, reasons)
            .Select(problem => $"{value["kind"]} {value["metadata"]?["name"]}: {problem}")).ToList();
        if (broken.Count > 0)
        {
            throw new InvalidOperationException(string.Join('\n', broken));
        }
    }

    /// <summary>What does not hold of one object.</summary>
    public static IEnumerable<string> Broken(JsonObject value, string summary, IReadOnlySet<string> reasons)
    {
        var generation = (long?)value["metadata"]?["generation"] ?? 0;
        var conditions = value["status"]?["conditions"]?.AsArray().Select(static node => node!.AsObject()).ToList() ?? [];
        var observed = (long?)value["status"]?["observedGeneration"];
        return Generations(generation, observed, conditions)
            .Concat(Summary(conditions, summary))
            .Concat(Contradictions(conditions))
            .Concat(conditions.SelectMany(condition => Form(condition, reasons)));
    }

    private static IEnumerable<string> Generations(long generation, long? observed, List<JsonObject> conditions)
    {
        if (observed is { } seen && seen != generation)
        {
            yield return seen > generation
                ? $"observedGeneration {seen} is beyond generation {generation}"
                : $"at rest, but only generation {seen} of {generation} was observed";
        }

        foreach (var condition in conditions.Where(condition => (long?)condition["observedGeneration"] > generation))
        {
            yield return $"{condition["type"]} was observed for a generation beyond {generation}";
        }
    }

    private static IEnumerable<string> Summary(List<JsonObject> conditions, string summary)
    {
        if (Status(conditions, summary) is null)
        {
            yield return $"there is no condition {summary}";
        }

        foreach (var twice in conditions.GroupBy(static condition => (string?)condition["type"]).Where(static group => group.Count() > 1))
        {
            yield return $"there are several conditions {twice.Key}";
        }
    }

    private static IEnumerable<string> Contradictions(List<JsonObject> conditions)
    {
        foreach (var negative in (string[])[Reconciling, Stalled])
        {
            var status = Status(conditions, negative);
            if (status is not null and not "True")
            {
                yield return $"{negative} is {status}: it is to be there only while True";
            }

            if (status == "True" && Status(conditions, Ready) == "True")
            {
                yield return $"Ready and {negative} are both True";
            }
        }

        if (Status(conditions, Reconciling) == "True" && Status(conditions, Stalled) == "True")
        {
            yield return "Reconciling and Stalled are both True";
        }
    }

    private static IEnumerable<string> Form(JsonObject condition, IReadOnlySet<string> reasons)
    {
        var (type, reason) = ((string?)condition["type"], (string?)condition["reason"] ?? "");
        if ((string?)condition["status"] is not ("True" or "False" or "Unknown"))
        {
            yield return $"{type} is {condition["status"]}";
        }

        if (reason.Length is 0 or > MaxReason || !CamelCase().IsMatch(reason))
        {
            yield return $"the reason of {type}, \"{reason}\", is not one CamelCase word";
        }
        else if (!reasons.Contains(reason))
        {
            yield return $"the reason of {type}, {reason}, is not declared";
        }

        if (((string?)condition["message"] ?? "").Length > MaxMessage)
        {
            yield return $"the message of {type} is too long";
        }

        if (condition["lastTransitionTime"] is null)
        {
            yield return $"{type} does not say since when";
        }
    }

    private static string? Status(List<JsonObject> conditions, string type) =>
        (string?)conditions.Find(condition => (string?)condition["type"] == type)?["status"];

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*$", RegexOptions.NonBacktracking)]
    private static partial Regex CamelCase();
}
