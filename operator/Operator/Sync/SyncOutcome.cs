using RunbookOperator.Api;

namespace RunbookOperator.Sync;

/// <summary>How a pass over a repository ended.</summary>
internal sealed record SyncOutcome
{
    /// <summary>Whether everything in the repository is in the cluster.</summary>
    public bool IsReady { get; init; }

    /// <summary>One of <see cref="Reasons"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>A sentence for a person.</summary>
    public required string Message { get; init; }

    /// <summary>Where it is not ready: whether it may become so without anybody changing anything.</summary>
    public bool IsRetried { get; init; }

    /// <summary>What the pass found out; null where it did not get so far, and what was found out earlier still holds.</summary>
    public SyncFindings? Findings { get; init; }

    /// <summary>The repository is suspended.</summary>
    public static SyncOutcome Suspended { get; } = new()
    {
        Reason = Reasons.Suspended,
        Message = "The sync is suspended. What is in the cluster stays.",
    };

    /// <summary>Why the repository cannot be synced as it is written; null if it can, as far as its fields tell.</summary>
    public static SyncOutcome? Refused(RunbookRepository repository) =>
        RuleChecker.Check(repository.Spec).FirstOrDefault() is { } broken ? new() { Reason = Reasons.Invalid, Message = broken.ToString() }
        : NotActedUpon.In(repository) is { Count: > 0 } uses ? new() { Reason = Reasons.NotSupported, Message = NotActedUpon.Tell(uses) }
        : null;
}

/// <summary>What a pass found out.</summary>
/// <param name="Attempted">The revision that was read.</param>
/// <param name="IsApplied">Whether its runbooks are in the cluster.</param>
/// <param name="Runbooks">Runbooks in the cluster that come from the repository.</param>
/// <param name="Problems">What is wrong with which file.</param>
internal sealed record SyncFindings(string Attempted, bool IsApplied, int Runbooks, IReadOnlyList<RepositoryProblem> Problems)
{
    /// <summary>How many files cannot be used.</summary>
    public int Invalid => Problems.Select(problem => problem.File).Distinct(StringComparer.Ordinal).Count();
}

/// <summary>The repository cannot be synced as it is written.</summary>
/// <param name="reason">One of <see cref="Reasons"/>.</param>
/// <param name="message">What to change, in one sentence.</param>
internal sealed class SyncRefusedException(string reason, string message) : Exception(message)
{
    /// <summary>One of <see cref="Reasons"/>.</summary>
    public string Reason { get; } = reason;
}
