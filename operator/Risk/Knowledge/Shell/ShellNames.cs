namespace RunbookOperator.Risk.Knowledge.Shell;

/// <summary>Names of variables.</summary>
internal static class ShellNames
{
    /// <summary>Whether <paramref name="text"/> is the name of a variable and nothing more.</summary>
    public static bool IsName(string text) =>
        text.Length > 0 && (char.IsAsciiLetter(text[0]) || text[0] == '_') && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
