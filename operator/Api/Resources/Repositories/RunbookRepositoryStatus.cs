using RunbookOperator.Kubernetes;

namespace RunbookOperator.Api;

/// <summary>What was read and applied.</summary>
public sealed record RunbookRepositoryStatus
{
    /// <summary>Generation of the spec that this status is about; -1 until it was looked at.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>Revision whose runbooks are in the cluster, such as main@sha1:4e1c....</summary>
    [Text(Limits.Address)]
    public string? LastAppliedRevision { get; init; }

    /// <summary>lastAppliedRevision for people: its commit cut to eight digits.</summary>
    [Text(Limits.Address)]
    public string? Revision { get; init; }

    /// <summary>Revision that was read last.</summary>
    [Text(Limits.Address)]
    public string? LastAttemptedRevision { get; init; }

    /// <summary>Value of the annotation runbooks.dev/requestedAt that was answered last.</summary>
    [Text(Limits.Line)]
    public string? LastHandledReconcileAt { get; init; }

    /// <summary>How many runbooks there are, and how many files cannot be used.</summary>
    public RepositoryCounts? Counts { get; init; }

    /// <summary>What is wrong with which file: the first 50.</summary>
    [Items(Limits.Problems)]
    public List<RepositoryProblem>? Problems { get; init; }

    /// <summary>Problems beyond those listed.</summary>
    public int? MoreProblems { get; init; }

    /// <summary>Ready, Reconciling, Stalled.</summary>
    [Items(Limits.Conditions, Key = "type")]
    public List<Condition>? Conditions { get; init; }
}

/// <summary>Numbers of a sync.</summary>
public sealed record RepositoryCounts
{
    /// <summary>Runbooks in the cluster that come from this repository.</summary>
    public int Runbooks { get; init; }

    /// <summary>Files that could not be used; their runbooks stay at their last good content.</summary>
    public int Invalid { get; init; }
}

/// <summary>One thing wrong with one file.</summary>
public sealed record RepositoryProblem
{
    /// <summary>Path of the file in the repository.</summary>
    [Text(Limits.Address)]
    public required string File { get; init; }

    /// <summary>Line, from 1; 0 if the whole file is meant.</summary>
    public int Line { get; init; }

    /// <summary>Column, from 1; 0 if the whole line is meant.</summary>
    public int Column { get; init; }

    /// <summary>Id of the rule that was broken; runbook explain tells more.</summary>
    [Text(Limits.Label)]
    public string? Rule { get; init; }

    /// <summary>What is wrong, in one sentence.</summary>
    [Text(Limits.Message)]
    public required string Message { get; init; }
}
