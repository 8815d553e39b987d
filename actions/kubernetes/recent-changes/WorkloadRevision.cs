using System.Globalization;
using System.Text.Json.Nodes;

namespace RunbookOperator.Actions;

/// <summary>A rollout that happened.</summary>
/// <param name="At">When.</param>
/// <param name="What">In words.</param>
/// <param name="By">The write that led to it, if it is known.</param>
internal sealed record Rollout(DateTimeOffset At, string What, FieldWrite? By);

/// <summary>One pod template that a workload has had, as a ReplicaSet or a ControllerRevision keeps it. Pure.</summary>
/// <param name="Owner">UID of the workload.</param>
/// <param name="Number">Its number; a template that is gone back to gets a new one.</param>
/// <param name="Created">When it was first used.</param>
/// <param name="Template">The pod template.</param>
internal sealed record WorkloadRevision(string Owner, long Number, DateTimeOffset Created, JsonNode? Template)
{
    // From the write to the object that keeps the template; clocks are of one server, times are whole seconds.
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(30);

    /// <summary>All revisions among objects, by workload.</summary>
    public static ILookup<string, WorkloadRevision> All(IEnumerable<JsonObject> objects) => objects.Select(Read).OfType<WorkloadRevision>().ToLookup(revision => revision.Owner);

    /// <summary>The rollouts of a workload since a moment.</summary>
    public static IReadOnlyList<Rollout> Rollout(
        ILookup<string, WorkloadRevision> revisions, JsonObject workload, IReadOnlyList<FieldWrite> writes, DateTimeOffset since)
    {
        var own = revisions[workload.Text("metadata", "uid") ?? ""].OrderBy(revision => revision.Number).ToList();
        var rollouts = new List<Rollout>();
        for (var i = 1; i < own.Count; i++)
        {
            var words = TemplateDiff.Describe(own[i - 1].Template, own[i].Template);
            if (own[i].Created >= since)
            {
                var by = writes.LastOrDefault(write => write.At <= own[i].Created.AddSeconds(1) && own[i].Created - write.At <= Delay);
                rollouts.Add(new Rollout(own[i].Created, $"revision {own[i].Number}{By(by)}: {words}", by));
            }
            else if (i == own.Count - 1 && own[i].Created < own[i - 1].Created && writes.LastOrDefault(write => write.At >= own[i - 1].Created) is { } back)
            {
                // An older template is the newest revision: somebody went back to it.
                rollouts.Add(new Rollout(back.At, $"went back to an earlier template, now revision {own[i].Number}{By(back)}: {words}", back));
            }
        }

        return rollouts;
    }

    private static string By(FieldWrite? write) => write is { By.Length: > 0 } ? $" by {write.By}" : "";

    private static WorkloadRevision? Read(JsonObject value)
    {
        var owner = value.Items("metadata", "ownerReferences").FirstOrDefault(owner => owner.Flag("controller")).Text("uid");
        if (owner is null || value.Time("metadata", "creationTimestamp") is not { } created)
        {
            return null;
        }

        return value.Text("kind") switch
        {
            "ControllerRevision" when value.Number("revision") is { } number => new(owner, number, created, value.At("data", "spec", "template")),
            "ReplicaSet" when long.TryParse(value.Text("metadata", "annotations", RevisionHistory.Annotation), NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
                new(owner, number, created, value.At("spec", "template")),
            _ => null,
        };
    }
}
