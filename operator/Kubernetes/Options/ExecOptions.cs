namespace RunbookOperator.Kubernetes;

/// <summary>What to run in a container.</summary>
public sealed record ExecOptions
{
    /// <summary>How much of each output is passed on by default, in bytes.</summary>
    public const long DefaultMaximumBytes = 10 << 20;

    /// <summary>The program and its arguments. No shell reads them.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The container; null for the only one, or the default one.</summary>
    public string? Container { get; init; }

    /// <summary>What the program reads; null for nothing. Read to its end, not closed. Servers before 1.30 cannot tell the program that the
    /// input has ended: one that reads to the end then waits for ever, and must be told in another way, such as <c>head -c 120</c>.</summary>
    public Stream? Input { get; init; }

    /// <summary>Where its output goes; null drops it. Not closed.</summary>
    public Stream? Output { get; init; }

    /// <summary>Where its errors go; null drops them. Not closed.</summary>
    public Stream? Error { get; init; }

    /// <summary>How much of output and of errors is passed on, each, in bytes. The rest is dropped and the program goes on.
    /// Default <see cref="DefaultMaximumBytes"/>.</summary>
    public long MaximumBytes { get; init; } = DefaultMaximumBytes;
}

/// <summary>How a program in a container ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="IsTruncated">Whether output or errors were longer than <see cref="ExecOptions.MaximumBytes"/>.</param>
public sealed record ExecResult(int ExitCode, bool IsTruncated);
