using System.Text;
using RunbookOperator.Api;

namespace RunbookOperator.Git;

/// <summary>A regular YAML file in a commit.</summary>
/// <param name="Path">Its path from the repository's root.</param>
/// <param name="Id">The id of its content.</param>
internal sealed record GitFile(string Path, string Id);

/// <summary>An entry of a tree that is not read.</summary>
/// <param name="Path">Its path, with what cannot be shown escaped.</param>
/// <param name="Message">Why, in one sentence.</param>
internal sealed record GitProblem(string Path, string Message);

/// <summary>What a tree holds that could be runbooks.</summary>
/// <param name="Files">Regular files that end in .yaml or .yml, small enough to be read.</param>
/// <param name="Problems">Entries that are refused.</param>
/// <param name="Entries">How many entries the tree has in all.</param>
internal sealed record GitTree(IReadOnlyList<GitFile> Files, IReadOnlyList<GitProblem> Problems, int Entries)
{
    /// <summary>The display of a path is cut after this many characters.</summary>
    private const int ShownLength = 200;

    private const string SymbolicLink = "120000";
    private const string Submodule = "160000";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads what <c>git ls-tree -r -z --full-tree --long</c> prints: <c>mode type id size TAB path NUL</c>, as gitformat and
    /// git-ls-tree(1) describe it. Names are bytes that anybody may have chosen.</summary>
    /// <exception cref="GitException">More files, or more bytes together, than are read.</exception>
    public static GitTree Parse(ReadOnlySpan<byte> listing)
    {
        var files = new List<GitFile>();
        var problems = new List<GitProblem>();
        var (entries, total) = (0, 0L);
        foreach (var range in listing.Split((byte)0))
        {
            var entry = listing[range];
            if (entry.IsEmpty)
            {
                continue;
            }

            entries++;
            var tab = entry.IndexOf((byte)'\t');
            var fields = Encoding.ASCII.GetString(entry[..tab]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var (mode, id, size) = (fields[0], fields[2], fields[3]);
            var path = entry[(tab + 1)..];
            if (Refusal(mode, size, path) is { } refusal)
            {
                problems.Add(new GitProblem(Show(path), refusal));
            }
            else if (IsYaml(path))
            {
                files.Add(new GitFile(Encoding.UTF8.GetString(path), id));
                total += long.Parse(size);
            }
        }

        CheckTotals(files.Count, total);
        return new GitTree(files, problems, entries);
    }

    private static string? Refusal(string mode, string size, ReadOnlySpan<byte> path) =>
        NameProblem(path)
        ?? (mode == Submodule ? "A submodule is not followed."
        : mode == SymbolicLink ? IsYaml(path) || !HasExtension(path) ? "A symbolic link is not followed." : null
        : !IsYaml(path) ? null
        : mode is not ("100644" or "100755") ? $"A file of mode {mode} is not read; only regular files are."
        : long.Parse(size) > GitLimits.FileBytes ? $"The file has {size} bytes; at most {GitLimits.FileBytes} are read."
        : path.Length > GitLimits.PathBytes ? $"The path is longer than {GitLimits.PathBytes} bytes."
        : null);

    private static string? NameProblem(ReadOnlySpan<byte> path)
    {
        if (!TryDecode(path, out var text))
        {
            return "The name is not UTF-8.";
        }

        if (text.Any(IsUnprintable))
        {
            return "The name holds a control character.";
        }

        return text.StartsWith('/') || text.Contains('\\', StringComparison.Ordinal) ? "The path is not a path inside a repository."
            : text.Split('/').Any(segment => segment is ".." or "." or "" || segment.Equals(".git", StringComparison.OrdinalIgnoreCase))
                ? "The path holds .. or another name that leads out of the repository."
                : null;
    }

    // Line and paragraph separators and direction marks too: a path is shown to people in one line.
    private static bool IsUnprintable(char c) =>
        char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u200b' and <= '\u200f') or (>= '\u202a' and <= '\u202e') or (>= '\u2060' and <= '\u206f') or '\ufeff';

    private static bool TryDecode(ReadOnlySpan<byte> bytes, out string text)
    {
        try
        {
            text = Strict.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = "";
            return false;
        }
    }

    private static bool IsYaml(ReadOnlySpan<byte> path) => path.EndsWith(".yaml"u8) || path.EndsWith(".yml"u8);

    private static bool HasExtension(ReadOnlySpan<byte> path) => path[(path.LastIndexOf((byte)'/') + 1)..].LastIndexOf((byte)'.') > 0;

    private static string Show(ReadOnlySpan<byte> path)
    {
        var shown = new StringBuilder();
        foreach (var c in TryDecode(path, out var text) ? text : Encoding.Latin1.GetString(path))
        {
            shown.Append(IsUnprintable(c) || (text.Length == 0 && c > '~') ? $"\\x{(int)c:x2}" : c);
            if (shown.Length > ShownLength)
            {
                return Variables.Clean(shown.ToString(), ShownLength) + "...";
            }
        }

        return shown.ToString();
    }

    private static void CheckTotals(int files, long bytes)
    {
        if (files > GitLimits.Files)
        {
            throw new GitException(GitFailure.TooLarge, $"There are {files} YAML files; at most {GitLimits.Files} are read. Narrow spec.path.");
        }

        if (bytes > GitLimits.TotalBytes)
        {
            throw new GitException(GitFailure.TooLarge, $"The YAML files have {bytes} bytes; at most {GitLimits.TotalBytes} are read. Narrow spec.path.");
        }
    }
}
