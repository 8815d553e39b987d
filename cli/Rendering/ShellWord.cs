using System.Buffers;

namespace RunbookOperator.Cli.Rendering;

/// <summary>Words of a command that a person may copy into a shell.</summary>
internal static class ShellWord
{
    private static readonly SearchValues<char> Unquoted =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._:/@%+,-");

    /// <summary>The word, in single quotes where a shell would read it otherwise.</summary>
    public static string Quote(string word)
    {
        var plain = Plain.Line(word);
        return plain.Length > 0 && !plain.AsSpan().ContainsAnyExcept(Unquoted) ? plain : $"'{plain.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
