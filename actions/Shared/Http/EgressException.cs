namespace RunbookOperator.Actions;

/// <summary>Why there is no answer, as far as a caller acts on it.</summary>
public enum EgressFailure
{
    /// <summary>It may not be asked: nothing was sent, and nothing will be.</summary>
    Refused,

    /// <summary>Nobody was there, or it could not prove who it is: the request was not sent.</summary>
    Unreachable,

    /// <summary>It was sent, or in part; it may have happened.</summary>
    NoAnswer,
}

/// <summary>A request to something else than the Kubernetes API that got no answer. The message is for people and holds no path and no query.</summary>
public sealed class EgressException(EgressFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Why.</summary>
    public EgressFailure Failure { get; } = failure;
}
