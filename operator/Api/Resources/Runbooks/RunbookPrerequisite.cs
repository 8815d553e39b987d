namespace RunbookOperator.Api;

/// <summary>One thing that must be so before a run begins.</summary>
public sealed record RunbookPrerequisite
{
    /// <summary>What must be so, in words.</summary>
    [Text(Limits.Line, Minimum = 1)]
    public required string Text { get; init; }

    /// <summary>An access review that tells, asked for the account that each step will use. Without it a person looks.</summary>
    public AccessQuestion? Can { get; init; }
}

/// <summary>What an account may do: the question that kubectl auth can-i asks.</summary>
public sealed record AccessQuestion
{
    /// <summary>Verb, such as get or patch.</summary>
    [Text(Limits.Label, Minimum = 1)]
    public required string Verb { get; init; }

    /// <summary>API group of the resource, such as apps. Defaults to the core group.</summary>
    [Text(Limits.Subdomain)]
    public string? Group { get; init; }

    /// <summary>Resource in the plural, such as pods.</summary>
    [Text(Limits.Label, Minimum = 1)]
    public required string Resource { get; init; }

    /// <summary>Subresource, such as log.</summary>
    [Text(Limits.Label)]
    public string? Subresource { get; init; }

    /// <summary>Name of one object; all if it is absent. May hold ${name} of a parameter.</summary>
    [Text(Limits.Subdomain)]
    public string? Name { get; init; }

    /// <summary>Namespace. Defaults to the runbook's own. May hold ${name} of a parameter.</summary>
    [Text(Limits.Subdomain)]
    public string? Namespace { get; init; }
}
