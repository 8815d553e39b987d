using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>What becomes of the pods of a node that is drained. Pure.</summary>
/// <param name="Evict">Those to evict.</param>
/// <param name="Ending">Those on their way out.</param>
/// <param name="Stay">Those that stay, by name: of DaemonSets, and those that the node runs from files.</param>
/// <param name="Newcomers">Those that came though the node was cordoned, by name. To chase them could go on for ever.</param>
/// <param name="Refused">Those that may not go, with the reason.</param>
internal sealed record DrainPlan(
    IReadOnlyList<JsonObject> Evict,
    IReadOnlyList<JsonObject> Ending,
    IReadOnlyList<string> Stay,
    IReadOnlyList<string> Newcomers,
    IReadOnlyList<string> Refused)
{
    /// <summary>How many pods a sentence names.</summary>
    public const int Named = 5;

    /// <summary>Sorts the pods of a node.</summary>
    /// <param name="pods">All of them.</param>
    /// <param name="unmanaged">Whether pods may go that nothing makes again.</param>
    /// <param name="emptyDir">Whether files in an emptyDir may go.</param>
    /// <param name="cordonedAt">Since when no pod should come; null if it is not cordoned yet.</param>
    public static DrainPlan Of(IEnumerable<JsonObject> pods, bool unmanaged, bool emptyDir, DateTimeOffset? cordonedAt)
    {
        var (evict, ending, stay, newcomers, refused) = (new List<JsonObject>(), new List<JsonObject>(), new List<string>(), new List<string>(), new List<string>());
        foreach (var pod in pods.OrderBy(PodLeaving.NameOf, StringComparer.Ordinal))
        {
            var name = PodLeaving.NameOf(pod);
            switch (PodLeaving.Of(pod, unmanaged, emptyDir))
            {
                case Leaving.Stays:
                    stay.Add(name);
                    break;
                case Leaving.Ending:
                    ending.Add(pod);
                    break;
                case var _ when pod.Time("metadata", "creationTimestamp") > cordonedAt:
                    newcomers.Add(name);
                    break;
                case Leaving.Free:
                    evict.Add(pod);
                    break;
                case var leaving:
                    refused.Add($"{name}: {PodLeaving.Why(leaving)}");
                    break;
            }
        }

        return new DrainPlan(evict, ending, stay, newcomers, refused);
    }

    /// <summary>When this operator last wrote to the node, by the API server's clock: when it was cordoned. Null if the server does not say.</summary>
    public static DateTimeOffset? CordonedAt(JsonObject node) => node.Items("metadata", "managedFields")
        .Where(entry => entry.Text("manager") == Names.FieldManager && entry.Text("operation") == "Update" && entry.Text("subresource") is null)
        .Max(entry => entry.Time("time"));

    /// <summary>The first few, and how many more.</summary>
    public static string List(IReadOnlyCollection<string> names) => names.Count <= Named
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(Named))} and {names.Count - Named} more";

    /// <summary>What a person reads of the pods that are still there once all others have gone.</summary>
    public string Left()
    {
        var lines = (Stay.Count == 0 ? "" : $"left in place, of DaemonSets or of the node itself: {List(Stay)}\n")
            + (Newcomers.Count == 0 ? "" : $"came though the node is cordoned, and were left: {List(Newcomers)}\n");
        return lines;
    }
}
