using System.Diagnostics.CodeAnalysis;
using RunbookOperator.Api;

namespace RunbookOperator.Git;

/// <summary>Names that are safe to hand to Git: branches, tags, commits, folders. The rules of git-check-ref-format(1), and no leading dash.</summary>
internal static class GitNames
{
    /// <summary>Hexadecimal digits of an object id.</summary>
    public const int ObjectIdLength = 40;

    /// <summary>Whether a branch or tag may be called this.</summary>
    public static bool IsReference([NotNullWhen(true)] string? name) =>
        name is { Length: > 0 and <= Limits.Subdomain } && name[0] != '-' && name != "@"
        && !name.Any(IsForbidden) && !name.Contains("..", StringComparison.Ordinal) && !name.Contains("@{", StringComparison.Ordinal)
        && name.Split('/').All(IsComponent);

    /// <summary>Whether this is the id of an object: 40 hexadecimal digits in lower case.</summary>
    public static bool IsObjectId([NotNullWhen(true)] string? id) =>
        id is { Length: ObjectIdLength } && id.All(char.IsAsciiHexDigitLower);

    /// <summary>Reads the folder of a repository: <c>./</c>, <c>a</c>, <c>./a/b/</c>.</summary>
    /// <param name="path">The folder as it was written; null for the whole repository.</param>
    /// <returns>The folder without <c>./</c> and without a slash at its end, empty for the whole repository; null if it leaves the repository or is
    /// no path.</returns>
    public static string? ReadFolder(string? path)
    {
        var text = path ?? "";
        if (text.StartsWith('/') || text.Length > GitLimits.PathBytes || text.Any(c => char.IsControl(c) || char.IsSurrogate(c) || c == '\\'))
        {
            return null;
        }

        var segments = text.Split('/').Where(segment => segment is not ("" or ".")).ToList();
        return segments.Exists(segment => segment == ".." || segment[0] == '-') ? null : string.Join('/', segments);
    }

    private static bool IsComponent(string component) =>
        component.Length > 0 && component[0] != '.' && component[^1] != '.' && !component.EndsWith(".lock", StringComparison.Ordinal);

    private static bool IsForbidden(char c) =>
        c <= ' ' || char.IsControl(c) || char.IsSurrogate(c) || c is '~' or '^' or ':' or '?' or '*' or '[' or '\\' or '\u007f';
}
