using System.Text.RegularExpressions;
using RunbookOperator.Risk.Evaluation;

namespace RunbookOperator.Risk.Knowledge.Programs;

/// <summary>
/// A pattern for a whole word: plain text in which <c>*</c> stands for anything, or a regular expression between slashes. A bounded value in the
/// word matches only where anything would.
/// </summary>
internal sealed class WordPattern
{
    private readonly string _text;
    private readonly Regex? _regex;
    private readonly bool _isRegex;

    public WordPattern(string text)
    {
        _text = text;
        if (text is ['/', _, .., '/'])
        {
            _regex = Compile(text[1..^1]);
            _isRegex = true;
        }
        else if (text.Contains('*'))
        {
            _regex = Compile(string.Join(".*", text.Split('*').Select(Regex.Escape)));
        }
    }

    /// <summary>Whether the word is surely, surely not, or perhaps of this form.</summary>
    public Truth Matches(Argument word)
    {
        if (word.Splits || word.Globs || word.HasOpaque || word.Text.Contains(Argument.Names))
        {
            return _text == "*" && !word.Splits ? Truth.Yes : Truth.Maybe;
        }

        // A class such as [^/] would match the marker, but not each value: only a star takes all of them.
        if (_isRegex && word.HasMarker)
        {
            return Truth.Maybe;
        }

        var matches = _regex is null ? word.Text == _text : _regex.IsMatch(word.Text);
        return matches ? Truth.Yes : word.HasMarker ? Truth.Maybe : Truth.No;
    }

    /// <summary>Whether any of the patterns matches.</summary>
    public static Truth AnyMatches(IReadOnlyList<WordPattern> patterns, Argument word) => patterns.Select(pattern => pattern.Matches(word)).Any();

    private static Regex Compile(string pattern) =>
        new($@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.ExplicitCapture);
}
