using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runtime;

namespace RunbookOperator.Sync;

/// <summary>Makes the status of a repository from how a pass ended. Pure.</summary>
internal static class SyncStatus
{
    private const int ShortCommit = 8;

    private static readonly string[] Fields =
        ["observedGeneration", "lastAppliedRevision", "revision", "lastAttemptedRevision", "lastHandledReconcileAt", "counts", "problems", "moreProblems", "conditions"];

    /// <summary>The status after a pass.</summary>
    public static RunbookRepositoryStatus After(RunbookRepository repository, SyncOutcome outcome, DateTimeOffset now)
    {
        var status = (repository.Status ?? new RunbookRepositoryStatus()) with
        {
            ObservedGeneration = repository.Metadata.Generation,
            Revision = Short(repository.Status?.LastAppliedRevision),
            LastHandledReconcileAt = RequestedAt(repository) ?? repository.Status?.LastHandledReconcileAt,
            Conditions = ConditionsAfter(repository, outcome, now),
        };
        return outcome.Findings is not { } findings ? status : status with
        {
            LastAttemptedRevision = findings.Attempted,
            LastAppliedRevision = findings.IsApplied ? findings.Attempted : status.LastAppliedRevision,
            Revision = findings.IsApplied ? Short(findings.Attempted) : status.Revision,
            Counts = new RepositoryCounts { Runbooks = findings.Runbooks, Invalid = findings.Invalid },
            Problems = findings.Problems.Count == 0 ? null : Listed(findings.Problems),
            MoreProblems = findings.Problems.Count > Limits.Problems ? findings.Problems.Count - Limits.Problems : null,
        };
    }

    /// <summary>The patch from one status to the other, or null if nothing has changed. It names the fields that the sync owns and no others.</summary>
    public static Patch? Difference(RunbookRepositoryStatus? before, RunbookRepositoryStatus after)
    {
        var (old, changed) = (Node(before ?? new RunbookRepositoryStatus()), Node(after));
        var difference = new JsonObject();
        foreach (var field in Fields.Where(field => !JsonNode.DeepEquals(old[field], changed[field])))
        {
            difference[field] = changed[field]?.DeepClone();
        }

        // In a merge patch an object is merged into the one before; every field of ours is always there, so nothing old can stay behind.
        return difference.Count == 0 ? null : new Patch(PatchType.Merge, new JsonObject { ["status"] = difference })
        {
            Subresource = "status",
            FieldManager = Names.FieldManager,
        };
    }

    /// <summary>When a sync was asked for last, by our annotation or Flux's; null if never.</summary>
    public static string? RequestedAt(RunbookRepository repository)
    {
        var annotations = repository.Metadata.Annotations;
        return annotations?.GetValueOrDefault(Names.RequestedAtAnnotation) ?? annotations?.GetValueOrDefault(Names.FluxRequestedAtAnnotation);
    }

    // As Flux tells it: main@sha1:4e1c0d9a.
    private static string? Short(string? revision) => revision?.LastIndexOf(':') is >= 0 and var colon && revision.Length > colon + ShortCommit
        ? revision[..(colon + 1 + ShortCommit)]
        : revision;

    // A file with a hundred problems must not hide the one problem of the next file.
    private static List<RepositoryProblem> Listed(IReadOnlyList<RepositoryProblem> problems) =>
    [
        .. problems.GroupBy(problem => problem.File, StringComparer.Ordinal).SelectMany(file => file.Select((problem, rank) => (problem, rank)))
            .OrderBy(ranked => ranked.rank).Take(Limits.Problems).Select(ranked => ranked.problem)
            .OrderBy(problem => problem.File, StringComparer.Ordinal).ThenBy(problem => problem.Line).ThenBy(problem => problem.Column),
    ];

    private static List<Condition> ConditionsAfter(RunbookRepository repository, SyncOutcome outcome, DateTimeOffset now)
    {
        var conditions = repository.Status?.Conditions ?? [];
        var message = Variables.Clean(outcome.Message, Limits.Message);
        conditions = Set(conditions, ConditionTypes.Ready, outcome.IsReady ? ConditionStatus.True : ConditionStatus.False, outcome.Reason);
        conditions = !outcome.IsReady && outcome.IsRetried
            ? Set(conditions, ConditionTypes.Reconciling, ConditionStatus.True, Reasons.ProgressingWithRetry)
            : Conditions.Remove(conditions, ConditionTypes.Reconciling);
        return !outcome.IsReady && !outcome.IsRetried && outcome.Reason != Reasons.Suspended
            ? Set(conditions, ConditionTypes.Stalled, ConditionStatus.True, outcome.Reason)
            : Conditions.Remove(conditions, ConditionTypes.Stalled);

        List<Condition> Set(List<Condition> before, string type, string value, string reason) =>
            Conditions.Set(before, type, value, reason, message, repository.Metadata.Generation, now);
    }

    private static JsonObject Node(RunbookRepositoryStatus status) => (JsonObject)JsonSerializer.SerializeToNode(status, KubernetesJson.Options)!;
}
