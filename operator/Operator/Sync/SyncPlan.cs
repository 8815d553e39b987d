using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Documents;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Sync;

/// <summary>A Runbook to write.</summary>
/// <param name="Desired">What the repository wants.</param>
/// <param name="Manifest">What is applied.</param>
internal sealed record SyncApply(DesiredRunbook Desired, JsonObject Manifest);

/// <summary>What has to be done so that the cluster is as the repository says. Made by a pure function.</summary>
/// <param name="Apply">Runbooks to write: new, changed in the repository, or changed in the cluster by somebody else.</param>
/// <param name="Prune">Runbooks to delete: their files are gone.</param>
/// <param name="Problems">What is wrong with which file.</param>
/// <param name="Kept">Runbooks that are as they should be, or stay at their last good content.</param>
/// <param name="IsEmpty">No runbook was found although some came from here: nothing is deleted.</param>
/// <param name="IsContested">A runbook belongs to somebody else, or names an account that may not be lent: the next pass looks again although the repository has not changed.</param>
internal sealed record SyncPlan(
    IReadOnlyList<SyncApply> Apply, IReadOnlyList<ExistingRunbook> Prune, IReadOnlyList<RepositoryProblem> Problems,
    IReadOnlyList<ExistingRunbook> Kept, bool IsEmpty, bool IsContested)
{
    /// <summary>Decides.</summary>
    /// <param name="repository">The RunbookRepository.</param>
    /// <param name="read">What its files say.</param>
    /// <param name="existing">All Runbooks of its namespace.</param>
    /// <param name="prune">Whether runbooks whose files are gone are deleted.</param>
    public static SyncPlan Make(NamespacedName repository, SyncRead read, IReadOnlyList<ExistingRunbook> existing, bool prune)
    {
        var problems = new List<RepositoryProblem>(read.Problems);
        var present = existing.ToDictionary(runbook => runbook.Name, StringComparer.Ordinal);
        var apply = new List<SyncApply>();
        var contested = false;
        foreach (var desired in Accept(repository, read, problems))
        {
            var current = present.GetValueOrDefault(desired.Name);
            if (current is not null && Ownership.Other(current, repository.Name) is { } owner)
            {
                contested = true;
                problems.Add(Problem(desired, Reasons.NotOwned, $"The Runbook {desired.Name} {owner}; it is not taken over."));
            }
            else if (Change(repository, desired, current) is { } manifest)
            {
                apply.Add(new SyncApply(desired, manifest));
            }
        }

        var ours = existing.Where(runbook => Ownership.IsOf(runbook, repository.Name)).ToList();
        var isEmpty = read.Runbooks.Count == 0 && ours.Count > 0;
        var named = read.Runbooks.Select(desired => desired.Name).ToHashSet(StringComparer.Ordinal);
        named.UnionWith(BrokenNames.In(read.Broken.Values));
        var gone = prune && !isEmpty ? ours.Where(runbook => !named.Contains(runbook.Name) && IsGone(runbook, read)).ToList() : [];
        var written = apply.Select(write => write.Desired.Name).ToHashSet(StringComparer.Ordinal);
        var kept = ours.Except(gone).Where(runbook => !written.Contains(runbook.Name)).ToList();
        return new SyncPlan(apply, gone, problems, kept, isEmpty, contested);
    }

    // A runbook of a broken or refused file stays: what the file meant is not known.
    private static bool IsGone(ExistingRunbook runbook, SyncRead read) => runbook.File is null || !read.Broken.ContainsKey(runbook.File);

    private static IEnumerable<DesiredRunbook> Accept(NamespacedName repository, SyncRead read, List<RepositoryProblem> problems)
    {
        var here = new List<DesiredRunbook>();
        foreach (var desired in read.Runbooks)
        {
            var metadata = desired.Document.Runbook.Metadata;
            if (metadata.Namespace is { Length: > 0 } ns && ns != repository.Namespace)
            {
                problems.Add(Problem(desired, Reasons.Invalid, $"The runbook names the namespace {ns}; a repository applies into its own, {repository.Namespace}."));
            }
            else
            {
                here.Add(desired);
            }
        }

        // Without their namespaces: one that is said and one that is left out are the same here.
        problems.AddRange(RunbookValidator.Duplicates(here.Select(desired => WithoutNamespace(desired.Document))).Select(SyncRead.Problem));
        return here.GroupBy(desired => desired.Name, StringComparer.Ordinal).Where(group => group.Count() == 1).Select(group => group.Single());
    }

    private static RunbookDocument WithoutNamespace(RunbookDocument document) =>
        document with { Runbook = document.Runbook with { Metadata = document.Runbook.Metadata with { Namespace = null } } };

    private static JsonObject? Change(NamespacedName repository, DesiredRunbook desired, ExistingRunbook? current)
    {
        var manifest = desired.Manifest(repository.Namespace, repository.Name);
        var hash = DesiredRunbook.Hash(manifest);
        if (current?.Annotation(Names.HashAnnotation) != hash)
        {
            return DesiredRunbook.Sealed(manifest, hash, desired.Commit);
        }

        // Somebody changed it here. The file has not changed, so its commit has not either.
        return current.Has(manifest) ? null : DesiredRunbook.Sealed(manifest, hash, current.Annotation(Names.CommitAnnotation) ?? desired.Commit);
    }

    private static RepositoryProblem Problem(DesiredRunbook desired, string rule, string message) => new()
    {
        File = desired.Document.File,
        Line = desired.Position.Line,
        Column = desired.Position.Column,
        Rule = rule,
        Message = Variables.Clean(message, Limits.Message),
    };
}
