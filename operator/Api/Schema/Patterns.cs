namespace RunbookOperator.Api;

/// <summary>Patterns that several fields share, in RE2.</summary>
internal static class Patterns
{
    /// <summary>A variable: a parameter or an output.</summary>
    public const string Variable = "^[a-z][a-z0-9_]{0,62}$";

    /// <summary>A step.</summary>
    public const string StepName = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

    /// <summary>A typed action.</summary>
    public const string Action = "^[a-z0-9-]+/[a-z0-9-]+$";

    /// <summary>An image: anything without spaces, for registries differ in what they take.</summary>
    public const string Image = "^[^\\s]+$";

    /// <summary>A name of an action or a namespace, in which stars stand for any text.</summary>
    public const string NameWithStars = "^[a-z0-9*]([-a-z0-9*/]*[a-z0-9*])?$";
}
