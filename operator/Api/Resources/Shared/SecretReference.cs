namespace RunbookOperator.Api;

/// <summary>Names a Secret in the same namespace.</summary>
public sealed record SecretReference
{
    /// <summary>Name of the Secret.</summary>
    [Text(Limits.Subdomain, Minimum = 1)]
    public required string Name { get; init; }
}
