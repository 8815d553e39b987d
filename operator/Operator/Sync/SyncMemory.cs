using System.Collections.Concurrent;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Sync;

/// <summary>
/// What is known to be in order, so that a pass over an unchanged repository asks the Git server one question and the API server none. It is only
/// ever a reason to do less: lost with the process, and void as soon as a runbook is not what it was.
/// </summary>
internal sealed class SyncMemory
{
    private readonly ConcurrentDictionary<NamespacedName, Entry> _entries = new();

    /// <summary>How the last pass ended, if nothing has changed since; else null.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="commit">Its commit now.</param>
    /// <param name="runbooks">The Runbooks of its namespace now.</param>
    public SyncOutcome? Find(RunbookRepository repository, string commit, IReadOnlyList<Runbook> runbooks)
    {
        if (!_entries.TryGetValue(NamespacedName.Of(repository), out var entry) || entry.Commit != commit || entry.Spec != repository.Spec
            || entry.Uid != repository.Metadata.Uid)
        {
            return null;
        }

        var name = repository.Metadata.Name;
        var ours = runbooks.Where(runbook => runbook.Metadata.Labels?.GetValueOrDefault(Names.RepositoryLabel) == name).ToList();
        var isSettled = ours.Count == entry.Runbooks.Count && ours.TrueForAll(runbook =>
            entry.Runbooks.TryGetValue(runbook.Metadata.Name!, out var known)
            && known == (runbook.Metadata.Uid, runbook.Metadata.Generation, runbook.Metadata.Annotations?.GetValueOrDefault(Names.HashAnnotation)));
        return isSettled ? entry.Outcome : null;
    }

    /// <summary>Keeps what is in order now.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="commit">The commit that was applied.</param>
    /// <param name="stored">Its runbooks as they are stored.</param>
    /// <param name="outcome">How the pass ended.</param>
    public void Remember(RunbookRepository repository, string commit, IEnumerable<ExistingRunbook> stored, SyncOutcome outcome) =>
        _entries[NamespacedName.Of(repository)] = new Entry(
            commit, repository.Spec, repository.Metadata.Uid, outcome,
            stored.ToDictionary(runbook => runbook.Name, runbook => (runbook.Uid, runbook.Generation, runbook.Annotation(Names.HashAnnotation))));

    /// <summary>Forgets a repository.</summary>
    public void Forget(NamespacedName repository) => _entries.TryRemove(repository, out _);

    private sealed record Entry(
        string Commit, RunbookRepositorySpec Spec, string? Uid, SyncOutcome Outcome,
        Dictionary<string, (string? Uid, long? Generation, string? Hash)> Runbooks);
}
