namespace RunbookOperator.Git;

/// <summary>One run of the <c>git</c> program.</summary>
/// <param name="Arguments">The command and its arguments, passed as they are; no shell sees them.</param>
internal sealed record GitCommand(IReadOnlyList<string> Arguments)
{
    /// <summary>The bare repository, or null for a command that needs none.</summary>
    public string? Repository { get; init; }

    /// <summary>The folder it starts in: empty but for the files of <see cref="Access"/>. It is its home as well.</summary>
    public required string Folder { get; init; }

    /// <summary>Credentials, for commands that ask a server.</summary>
    public GitAccess? Access { get; init; }

    /// <summary>What it reads on standard input.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>Variables beside the runner's own.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The most it may print, in bytes; more ends it.</summary>
    public int MaximumOutput { get; init; } = GitLimits.ReferenceBytes;

    /// <summary>How long it may take; then it is killed with its children.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>The command's name, for messages.</summary>
    public string Name => Arguments[0];
}
