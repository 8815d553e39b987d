namespace RunbookOperator.TestKit;

/// <summary>How <see cref="Shell"/> runs a program.</summary>
public sealed record ShellOptions
{
    /// <summary>The folder it starts in; null means the repository's root.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables beside those of this process; a null value removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>What it reads on standard input. Empty by default: it never waits for a terminal.</summary>
    public string Input { get; init; } = "";

    /// <summary>When it is killed. One minute by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);
}
