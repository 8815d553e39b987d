using System.Text.Json.Nodes;

namespace RunbookOperator.Actions;

/// <summary>One revision of a Deployment, kept as a ReplicaSet.</summary>
internal sealed record KeptRevision(long Revision, string Name, string Uid);

/// <summary>The revisions of a Deployment that are still kept.</summary>
/// <param name="Title">Such as <c>Deployment checkout/web</c>.</param>
/// <param name="Current">The revision it has now.</param>
/// <param name="Earlier">The others, newest first.</param>
internal sealed record RevisionHistory(string Title, long Current, IReadOnlyList<KeptRevision> Earlier)
{
    /// <summary>The annotation by which the Deployment controller numbers revisions.</summary>
    public const string Annotation = "deployment.kubernetes.io/revision";

    /// <summary>The ReplicaSet of the revision it has now; null if there is none yet.</summary>
    public KeptRevision? Now { get; private init; }

    /// <summary>Reads the history from a Deployment and the ReplicaSets around it.</summary>
    /// <exception cref="ActionException">It has none that can be relied on.</exception>
    public static RevisionHistory Of(JsonObject deployment, IEnumerable<JsonObject> replicaSets)
    {
        var title = new ObjectInput("Deployment", deployment.Text("metadata", "name"), deployment.Text("metadata", "namespace")).ToString();
        if (deployment.Flag("spec", "paused"))
        {
            throw new ActionException($"{title} is paused: resume it first");
        }

        if (!Revision(deployment, out var current)
            || (deployment.Number("status", "observedGeneration") ?? 0) < (deployment.Number("metadata", "generation") ?? 0))
        {
            throw new ActionException($"the last change of {title} has no revision yet; try again in a moment");
        }

        var uid = deployment.Text("metadata", "uid");
        var kept = new List<KeptRevision>();
        foreach (var replicaSet in replicaSets.Where(replicaSet => Owner(replicaSet) == uid))
        {
            if (Revision(replicaSet, out var revision))
            {
                kept.Add(new KeptRevision(revision, replicaSet.Text("metadata", "name") ?? "", replicaSet.Text("metadata", "uid") ?? ""));
            }
        }

        return new RevisionHistory(title, current, [.. kept.Where(revision => revision.Revision != current).OrderByDescending(revision => revision.Revision)])
        {
            Now = kept.Find(revision => revision.Revision == current),
        };
    }

    /// <summary>The revision asked for, or the one before the present one.</summary>
    /// <exception cref="ActionException">There is none.</exception>
    public KeptRevision Choose(long? revision)
    {
        if (revision == Current)
        {
            throw new ActionException($"{Title} is at revision {Current} already");
        }

        var chosen = Earlier.FirstOrDefault(kept => revision is null || kept.Revision == revision);
        return chosen ?? throw new ActionException(Earlier.Count == 0
            ? $"{Title} has no earlier revision"
            : $"{Title} has no revision {revision}; it has {string.Join(", ", Earlier.Select(kept => kept.Revision))}");
    }

    private static string? Owner(JsonObject replicaSet) =>
        replicaSet.Items("metadata", "ownerReferences").FirstOrDefault(owner => owner.Flag("controller")).Text("uid");

    private static bool Revision(JsonObject value, out long revision) =>
        long.TryParse(value.Text("metadata", "annotations", Annotation), out revision);
}
