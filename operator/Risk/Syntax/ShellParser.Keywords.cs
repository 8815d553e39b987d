namespace RunbookOperator.Risk.Syntax;

internal sealed partial class ShellParser
{
    private const int LongestKeyword = 8;

    private (int At, int End, Keyword Keyword, int Behind) _peeked = (-1, 0, Keyword.None, 0);

    /// <summary>The keyword that the whole word here is; does not move.</summary>
    private Keyword PeekKeyword()
    {
        if (_peeked.At != _at || _peeked.End != _end)
        {
            var keyword = ReadKeyword(out var behind);
            _peeked = (_at, _end, keyword, behind);
        }

        return _peeked.Keyword;
    }

    private bool PeekIs(Keyword any) => any != Keyword.None && (PeekKeyword() & any) != Keyword.None;

    private Keyword ReadKeyword(out int behind)
    {
        Span<char> word = stackalloc char[LongestKeyword];
        var length = 0;
        behind = _at;
        var at = _at;
        while (at < _end && (char.IsAsciiLetterLower(_text[at]) || _text[at] is '!' or '{' or '}' or '[' or ']'))
        {
            if (length == LongestKeyword)
            {
                return Keyword.None;
            }

            word[length++] = _text[at];
            behind = at + 1;
            at = BehindContinuations(behind);
        }

        return length > 0 && (at >= _end || EndsWord(_text[at])) ? Named(word[..length]) : Keyword.None;
    }

    private static Keyword Named(ReadOnlySpan<char> word) => word switch
    {
        "!" => Keyword.Not,
        "time" => Keyword.Time,
        "{" => Keyword.BraceOpen,
        "}" => Keyword.BraceClose,
        "[[" => Keyword.ConditionOpen,
        "]]" => Keyword.ConditionClose,
        "if" => Keyword.If,
        "then" => Keyword.Then,
        "elif" => Keyword.Elif,
        "else" => Keyword.Else,
        "fi" => Keyword.Fi,
        "while" => Keyword.While,
        "until" => Keyword.Until,
        "do" => Keyword.Do,
        "done" => Keyword.Done,
        "for" => Keyword.For,
        "select" => Keyword.Select,
        "case" => Keyword.Case,
        "esac" => Keyword.Esac,
        "function" => Keyword.Function,
        "coproc" => Keyword.Coproc,
        "in" => Keyword.In,
        _ => Keyword.None,
    };

    private bool TakeKeyword(Keyword keyword)
    {
        if (PeekKeyword() != keyword)
        {
            return false;
        }

        MoveTo(_peeked.Behind);
        return true;
    }

    private void RequireKeyword(Keyword keyword, string name, int opened)
    {
        SkipLines();
        if (!TakeKeyword(keyword))
        {
            Fail(opened, $"`{name}` is missing");
        }
    }
}
