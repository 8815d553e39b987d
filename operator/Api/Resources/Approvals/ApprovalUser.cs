namespace RunbookOperator.Api;

/// <summary>The authenticated author of a decision.</summary>
public sealed record ApprovalUser
{
    /// <summary>User name as the API server knows it.</summary>
    [Text(Limits.Line)]
    public required string Username { get; init; }

    /// <summary>UID of the user, if there is one.</summary>
    [Text(Limits.Line)]
    public string? Uid { get; init; }

    /// <summary>Groups of the user.</summary>
    [Items(Limits.UserGroups), Text(Limits.Line)]
    public List<string>? Groups { get; init; }

    /// <summary>Further attributes of the user, as the authenticator gave them.</summary>
    [Items(Limits.UserExtra), Text(Limits.Value)]
    public Dictionary<string, List<string>>? Extra { get; init; }

    /// <summary>How the decision came, where it did not come from the user's own request to the API server: slack or web.</summary>
    [Text(Limits.Label)]
    public string? Via { get; init; }

    /// <summary>When the request was received.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>HMAC over the namespace and all of spec but this field.</summary>
    [Text(80)]
    public required string Seal { get; init; }
}
