namespace RunbookOperator.Risk;

/// <summary>What a site says of one of its programs.</summary>
/// <param name="Name">The program, as commands call it.</param>
/// <param name="Level">Its level.</param>
/// <param name="Reason">Why, as approvers read it.</param>
public sealed record SiteProgram(string Name, RiskLevel Level, string Reason)
{
    /// <summary>The subcommands it is about, each one or several words (<c>config view</c>). Empty: the program whatever it is told.</summary>
    public IReadOnlyList<string> Subcommands { get; init; } = [];

    /// <summary>
    /// Whether the base policy says so. Only the base may give a program that the classifier does not know another level than dangerous; for programs
    /// that it knows, every entry can only raise. Default: false.
    /// </summary>
    public bool IsBase { get; init; }
}
