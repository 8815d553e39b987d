namespace RunbookOperator.Api;

/// <summary>A value that steps use as ${name}, or as an environment variable in run. What is given at the start comes first, then the label or
/// annotation of the alert, then the default.</summary>
[Rules<ParameterSourceRules>]
public sealed record RunbookParameter
{
    /// <summary>Name of the variable: lower case letters, digits and underscores.</summary>
    [Text(Limits.Label, Minimum = 1, Pattern = Patterns.Variable)]
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    [Text(Limits.Message)]
    public string? Description { get; init; }

    /// <summary>Label of the alert that gives the value.</summary>
    [Text(Limits.Line, Minimum = 1)]
    public string? FromLabel { get; init; }

    /// <summary>Annotation of the alert that gives the value.</summary>
    [Text(Limits.Line, Minimum = 1)]
    public string? FromAnnotation { get; init; }

    /// <summary>Value if nothing else gives one.</summary>
    [Text(Limits.Value)]
    public string? Default { get; init; }

    /// <summary>Whether a run without a value must not start. Defaults to false.</summary>
    public bool? Required { get; init; }

    /// <summary>Expression in RE2 that the whole value must match.</summary>
    [Text(Limits.Expression, Minimum = 1)]
    public string? Pattern { get; init; }

    /// <summary>The values allowed; any if this is absent.</summary>
    [Items(Limits.LongList), Text(Limits.Value)]
    public List<string>? Enum { get; init; }
}
