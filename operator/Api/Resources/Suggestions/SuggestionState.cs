namespace RunbookOperator.Api;

/// <summary>The states of a proposal.</summary>
public static class SuggestionState
{
    /// <summary>It is not handed over yet.</summary>
    public const string Proposed = "Proposed";

    /// <summary>It is on a branch.</summary>
    public const string Open = "Open";

    /// <summary>Somebody said yes.</summary>
    public const string Merged = "Merged";

    /// <summary>Somebody said no.</summary>
    public const string Closed = "Closed";

    /// <summary>Another one says it better.</summary>
    public const string Superseded = "Superseded";

    /// <summary>It could not be made; the message says why.</summary>
    public const string Failed = "Failed";
}
