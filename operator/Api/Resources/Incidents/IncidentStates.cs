namespace RunbookOperator.Api;

/// <summary>The phases of an incident.</summary>
public static class IncidentPhase
{
    /// <summary>An alert fires.</summary>
    public const string Open = "Open";

    /// <summary>All alerts have resolved; that has not lasted yet, or a run is still under way.</summary>
    public const string Mitigated = "Mitigated";

    /// <summary>It is over.</summary>
    public const string Resolved = "Resolved";
}
