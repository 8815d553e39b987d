using System.Text;
using RunbookOperator.Api;

namespace RunbookOperator.Git;

/// <summary>
/// The one place where the words of Git decide anything. Git ends with 128 for nearly every failure, so what went wrong stands in its messages
/// alone. They are those of the C locale, which the runner sets. Lines that the server sent (<c>remote:</c>) never count: the server writes them.
/// A message that is not known is <see cref="GitFailure.Other"/>, which is treated as a failure like any other.
/// </summary>
internal static class GitFailureReader
{
    private static readonly (string Text, GitFailure Failure)[] Messages =
    [
        ("Authentication failed", GitFailure.Authentication),
        ("could not read Username", GitFailure.Authentication),
        ("could not read Password", GitFailure.Authentication),
        ("terminal prompts disabled", GitFailure.Authentication),
        ("returned error: 401", GitFailure.Authentication),
        ("returned error: 403", GitFailure.Authentication),
        ("Permission denied", GitFailure.Authentication),
        ("Host key verification failed", GitFailure.Authentication),
        ("returned error: 404", GitFailure.NotFound),
        ("' not found", GitFailure.NotFound),
        ("does not appear to be a git repository", GitFailure.NotFound),
        ("couldn't find remote ref", GitFailure.NotFound),
        ("not our ref", GitFailure.NotFound),
        ("Not a valid object name", GitFailure.NotFound),
        ("[rejected]", GitFailure.Rejected),
        ("[remote rejected]", GitFailure.Rejected),
        ("Could not resolve host", GitFailure.Network),
        ("Failed to connect", GitFailure.Network),
        ("Connection refused", GitFailure.Network),
        ("Connection timed out", GitFailure.Network),
        ("Connection reset", GitFailure.Network),
        ("unable to access", GitFailure.Network),
        ("RPC failed", GitFailure.Network),
        ("early EOF", GitFailure.Network),
        ("hung up unexpectedly", GitFailure.Network),
        ("unexpected disconnect", GitFailure.Network),
        ("Could not read from remote repository", GitFailure.Network),
    ];

    /// <summary>Makes the exception for a command that failed.</summary>
    /// <param name="command">The Git command, such as <c>fetch</c>.</param>
    /// <param name="exitCode">Its exit code.</param>
    /// <param name="error">What it wrote to standard error, without credentials.</param>
    public static GitException Read(string command, int exitCode, string error)
    {
        var lines = Lines(error);
        var failure = Messages.FirstOrDefault(message => lines.Any(line => line.Contains(message.Text, StringComparison.Ordinal))).Failure;
        var text = lines.Count == 0 ? $"ended with exit code {exitCode}" : string.Join("; ", Telling(lines));
        return new GitException(failure, Variables.Clean($"git {command}: {text}", Limits.Message));
    }

    private static List<string> Lines(string error) =>
        [.. error.Split('\n', '\r').Select(line => line.Trim()).Where(line => line.Length > 0 && !IsFromServer(line))];

    private static bool IsFromServer(string line) => line.StartsWith("remote:", StringComparison.Ordinal);

    private static IEnumerable<string> Telling(List<string> lines)
    {
        var fatal = lines.Where(line => line.StartsWith("fatal:", StringComparison.Ordinal) || line.StartsWith("error:", StringComparison.Ordinal)
            || line.StartsWith('!')).ToList();
        return fatal.Count > 0 ? fatal.Take(3) : lines.TakeLast(1);
    }

    /// <summary>Replaces each of <paramref name="secrets"/> in <paramref name="text"/>.</summary>
    public static string Redact(string text, IEnumerable<string> secrets)
    {
        var redacted = new StringBuilder(text);
        foreach (var secret in secrets.Where(secret => secret.Length > 0))
        {
            redacted.Replace(secret, "***");
        }

        return redacted.ToString();
    }
}
