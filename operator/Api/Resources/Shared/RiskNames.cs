namespace RunbookOperator.Api;

/// <summary>The risks as YAML has them: lower case on purpose, as the command line prints them.</summary>
public static class RiskNames
{
    /// <summary>It only reads.</summary>
    public const string Safe = "safe";

    /// <summary>It changes something that comes back.</summary>
    public const string Caution = "caution";

    /// <summary>It may lose data or service, or cannot be judged.</summary>
    public const string Dangerous = "dangerous";

    /// <summary>The longest of them, in characters.</summary>
    public const int MaximumLength = 16;
}
