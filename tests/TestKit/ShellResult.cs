namespace RunbookOperator.TestKit;

/// <summary>What a program did.</summary>
/// <param name="Command">The program and its arguments, for messages.</param>
/// <param name="ExitCode">0 for success.</param>
/// <param name="Output">All of standard output.</param>
/// <param name="Error">All of standard error.</param>
public sealed record ShellResult(string Command, int ExitCode, string Output, string Error)
{
    /// <summary>Returns this, or throws with everything that it printed.</summary>
    /// <exception cref="InvalidOperationException">The exit code is not 0.</exception>
    public ShellResult EnsureSuccess() => ExitCode == 0
        ? this
        : throw new InvalidOperationException($"{Command} ended with exit code {ExitCode}.\n{Error}\n{Output}");
}
