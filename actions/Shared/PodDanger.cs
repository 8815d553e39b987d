using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunbookOperator.Actions;

/// <summary>Finds what lets a pod out of its walls, anywhere in an object: in a Pod, in the template of a workload, in a kind of somebody else's
/// that holds one. Pure.</summary>
internal static class PodDanger
{
    private static readonly string[] Flags =
        ["privileged", "hostNetwork", "hostPID", "hostIPC", "hostProcess", "allowPrivilegeEscalation", "shareProcessNamespace"];

    private static readonly string[] Values = ["hostPath", "hostPort", "procMount"];

    private static readonly string[] Code = ["command", "args"];

    /// <summary>One sentence for each, none twice.</summary>
    public static IReadOnlyList<string> In(JsonNode? node) => [.. Find(node).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> Find(JsonNode? node) => node switch
    {
        JsonObject value => value.SelectMany(member => OfMember(member.Key, member.Value).Concat(Find(member.Value))),
        JsonArray items => items.SelectMany(Find),
        _ => [],
    };

    private static IEnumerable<string> OfMember(string name, JsonNode? value)
    {
        if (value is null)
        {
            yield break;
        }

        // What is no plain false may become true.
        if (Flags.Contains(name) && value.GetValueKind() != JsonValueKind.False)
        {
            yield return $"{name} lets a pod reach its node or more than its own";
        }
        else if (Values.Contains(name))
        {
            yield return $"{name} lets a pod reach its node";
        }
        else if (name == "capabilities" && (value as JsonObject)?["add"] is not null)
        {
            yield return "added capabilities let a pod reach its node";
        }
        else if (Code.Contains(name) && new ActionInputs(new JsonObject { [name] = value.DeepClone() }).IsOpen(name))
        {
            yield return $"a variable stands in {name}, which a program reads";
        }
    }
}
