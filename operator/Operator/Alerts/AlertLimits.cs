namespace RunbookOperator.Alerts;

/// <summary>The bounds of what comes in.</summary>
internal static class AlertLimits
{
    /// <summary>The most alerts of one request.</summary>
    public const int Alerts = 1000;

    /// <summary>How deep its JSON may be nested.</summary>
    public const int Depth = 16;

    /// <summary>The largest body, in bytes.</summary>
    public const int Body = 1024 * 1024;

    /// <summary>The most requests at once; more are told to come again.</summary>
    public const int Concurrent = 64;
}
