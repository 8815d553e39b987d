namespace RunbookOperator.Api;

/// <summary>Names one key of a Secret in the same namespace.</summary>
public sealed record SecretKeyReference
{
    /// <summary>Name of the Secret.</summary>
    [Text(Limits.Subdomain, Minimum = 1)]
    public required string Name { get; init; }

    /// <summary>Key in the Secret.</summary>
    [Text(Limits.Subdomain, Minimum = 1, Pattern = "^[-._a-zA-Z0-9]+$")]
    public required string Key { get; init; }
}
