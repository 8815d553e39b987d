namespace RunbookOperator.Cli;

/// <summary>An end that a person can do something about: the message is all that is shown, on standard error.</summary>
internal sealed class CliException : Exception
{
    /// <summary>An end with <paramref name="message"/>, which begins in lower case and says what to do.</summary>
    public CliException(string message, int exitCode = Cli.ExitCode.Failure)
        : base(message) => ExitCode = exitCode;

    /// <summary>What the program returns.</summary>
    public int ExitCode { get; }
}
