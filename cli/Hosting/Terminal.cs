namespace RunbookOperator.Cli;

/// <summary>The streams of the program, and whether a person is at the other end.</summary>
internal sealed record Terminal
{
    /// <summary>Standard output.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Standard error: errors, and what must not mix with a machine's output.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Standard input.</summary>
    public required TextReader In { get; init; }

    /// <summary>Whether output is read by a person: only then it has colours.</summary>
    public bool IsOutputTerminal { get; init; }

    /// <summary>Whether input is typed by a person: only then questions are asked.</summary>
    public bool IsInputTerminal { get; init; }
}
