namespace RunbookOperator.TestKit;

/// <summary>What a <see cref="FaultProxy"/> does with a request.</summary>
public sealed record ProxyRule
{
    /// <summary>Lets it pass.</summary>
    public static readonly ProxyRule Pass = new();

    /// <summary>Called before it is sent on. Default nothing.</summary>
    public Func<Task>? Before { get; init; }

    /// <summary>Called when the API server has answered, before anybody hears of the answer. Default nothing.</summary>
    public Func<Task>? After { get; init; }

    /// <summary>The status that is answered: in place of sending it on, or with <see cref="Commit"/> in place of the API server's answer.
    /// Default null, the API server's own.</summary>
    public int? Answer { get; init; }

    /// <summary>Seconds of a Retry-After. Default none.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Whether it is sent on although <see cref="Answer"/> or <see cref="Drop"/> hides what came of it. Default no.</summary>
    public bool Commit { get; init; }

    /// <summary>Whether the connection breaks in place of an answer. Default no.</summary>
    public bool Drop { get; init; }

    /// <summary>The body in place of the API server's, as an answer with status 200. Default null.</summary>
    public byte[]? Body { get; init; }

    /// <summary>Called with the body of an answer with status 200. Default nothing.</summary>
    public Action<byte[]>? Seen { get; init; }

    /// <summary>What happens to the stream of a watch. Default nothing.</summary>
    public WatchFault Watch { get; init; }
}

/// <summary>What may happen to a stream of changes.</summary>
public enum WatchFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Its version is gone: an ERROR event with code 410, then the end.</summary>
    Gone,

    /// <summary>The next event is cut off in the middle.</summary>
    Truncated,

    /// <summary>The connection is reset.</summary>
    Reset,

    /// <summary>The connection stays and nothing comes any more.</summary>
    Silent,

    /// <summary>A bookmark of what came last, and then a reset: whoever goes on from it must miss nothing.</summary>
    Bookmark,

    /// <summary>Nothing comes for now; what came meanwhile follows when the fault is lifted.</summary>
    Held,
}
