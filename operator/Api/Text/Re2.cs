using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace RunbookOperator.Api;

/// <summary>How much of a text an expression is about.</summary>
public enum Re2Scope
{
    /// <summary>The expression must match the text from its first to its last character.</summary>
    WholeValue,

    /// <summary>The expression may match anywhere in the text.</summary>
    Search,
}

/// <summary>
/// Regular expressions in RE2's language (https://github.com/google/re2/wiki/Syntax), which is also Alertmanager's, run by .NET without
/// backtracking: time is linear in the text. What .NET would read otherwise is translated; what cannot be is refused: Unicode classes
/// (<c>\pL</c>), word boundaries, octal escapes, and folding of letters outside ASCII.
/// </summary>
public static class Re2
{
    /// <summary>The largest count in a repetition, and the largest product of nested ones. RE2's own limit.</summary>
    public const int MaximumRepeat = 1000;

    /// <summary>The most single characters and classes an expression may stand for once its repetitions are written out.</summary>
    public const int MaximumSize = 4000;

    /// <summary>The deepest nesting of groups.</summary>
    public const int MaximumDepth = 50;

    /// <summary>Compiles <paramref name="pattern"/>.</summary>
    /// <param name="pattern">The expression, at most <see cref="Limits.Expression"/> characters.</param>
    /// <param name="scope">Whether it is about the whole text.</param>
    /// <param name="regex">The expression; its groups have RE2's numbers.</param>
    /// <param name="error">What is wrong and at which offset, for a person; null if nothing is.</param>
    public static bool TryCompile(string pattern, Re2Scope scope, [NotNullWhen(true)] out Regex? regex, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        regex = null;
        if (pattern.Length > Limits.Expression)
        {
            error = $"the expression is longer than {Limits.Expression} characters";
            return false;
        }

        try
        {
            var translated = Re2Translator.Translate(pattern);
            regex = new Regex(
                scope == Re2Scope.WholeValue ? $@"\A(?:{translated})\z" : translated,
                RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            error = null;
            return true;
        }
        catch (Re2Exception exception)
        {
            error = $"at offset {exception.Offset}: {exception.Message}";
            return false;
        }
        catch (NotSupportedException)
        {
            // The runtime bounds its automata at 10,000 states: about 2,000 classes between anchors, 660 with characters above the BMP.
            error = "the expression is too large; use smaller counts";
            return false;
        }
    }
}

/// <summary>An expression that is not RE2, or that cannot be translated.</summary>
internal sealed class Re2Exception(int offset, string message) : Exception(message)
{
    public int Offset { get; } = offset;
}
