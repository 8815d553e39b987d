using System.Text;

namespace RunbookOperator.Risk.Syntax;

internal sealed partial class ShellParser
{
    private bool BeginsExpansion(bool quoted) => Current switch
    {
        '`' => true,
        '<' or '>' => !quoted && AtProcess(),
        '$' => Next is '(' or '{' or '[' or '_' or '@' or '*' or '#' or '?' or '-' or '$' or '!' || char.IsAsciiLetterOrDigit(Next),
        _ => false,
    };

    private void TakeExpansion(List<WordPart> parts, bool quoted)
    {
        var start = _at;
        if (!Enter())
        {
            return;
        }

        _inside++;
        parts.Add(Current switch
        {
            '`' => ParseBackquotes(start, quoted),
            '<' or '>' => ParseProcess(start),
            _ => ParseDollar(start, quoted),
        });
        LeaveInside();
        Leave();
    }

    private ProcessPart ParseProcess(int start)
    {
        Advance();
        Advance();
        var body = ParseParenthesized(start);
        return new ProcessPart(Here(start), body);
    }

    private WordPart ParseDollar(int start, bool quoted)
    {
        Advance();
        switch (Current)
        {
            case '(' when Next == '(':
                if (_text[_at + 1] != '(')
                {
                    Fail(start, "a line continuation between parentheses is not understood");
                }

                Advance();
                Advance();
                return ParseArithmetic(start, ArithmeticForm.Parentheses, quoted);
            case '(':
                Advance();
                SkipLines();
                var body = Current == ')' ? new ShellList(Between(_at, _at), []) : ParseList(Keyword.None);
                if (!Skip(')'))
                {
                    Fail(start, "`)` is missing");
                }

                return new SubstitutionPart(Here(start), quoted, body);
            case '[':
                Advance();
                return ParseArithmetic(start, ArithmeticForm.Bracket, quoted);
            case '{':
                Advance();
                return ParseBraced(start, quoted);
            default:
                var name = ParseVariableName(braced: false);
                return new VariablePart(Here(start), quoted, name, "", null, null);
        }
    }

    private string ParseVariableName(bool braced)
    {
        var start = _at;
        if (ScanName())
        {
            return Taken(start);
        }

        if (char.IsAsciiDigit(Current))
        {
            do
            {
                Advance();
            }
            while (braced && char.IsAsciiDigit(Current));
        }
        else if (Current is '@' or '*' or '#' or '?' or '-' or '$' or '!')
        {
            Advance();
        }

        return Taken(start);
    }

    private SubstitutionPart ParseBackquotes(int start, bool quoted)
    {
        // Up to the closing quote backslashes are taken one by one: the text inside is the shell's only after that.
        var from = _at + 1;
        var close = from;
        var escapes = false;
        while (close < _end && _text[close] != '`')
        {
            if (_text[close] == '\\')
            {
                escapes = true;
                close++;
            }

            close++;
        }

        if (close >= _end)
        {
            Fail(start, "a backquote is not closed");
            return new SubstitutionPart(Here(start), quoted, new ShellList(Between(start, start), []));
        }

        if (_hereDocuments is { Count: > 0 } && _text.AsSpan(from, close - from).Contains('\n'))
        {
            Fail(start, "a here-document's line ends inside backquotes");
        }

        var body = escapes ? ParseUnescaped(from, close, quoted) : ParseWithin(from, close);
        if (!Failed)
        {
            MoveTo(close + 1);
        }

        return new SubstitutionPart(Here(start), quoted, body);
    }

    private ShellList ParseWithin(int from, int close)
    {
        var (outerEnd, outerDocuments) = (_end, _hereDocuments);
        (_end, _hereDocuments) = (close, null);
        MoveTo(from);
        var body = ParseAll();
        (_end, _hereDocuments) = (outerEnd, outerDocuments);
        if (Failed)
        {
            _at = _end;
        }

        return body;
    }

    /// <summary>
    /// The text between backquotes with its backslashes taken away, in a parser of its own. Nesting doubles the backslashes, so the depth is
    /// bounded by the logarithm of the length.
    /// </summary>
    private ShellList ParseUnescaped(int from, int close, bool quoted)
    {
        var text = new StringBuilder(close - from);
        var origins = new List<int>(close - from + 1);
        for (var at = from; at < close; at++)
        {
            if (_text[at] == '\\' && _text[at + 1] == '\n' && _text.AsSpan(from, close - from).IndexOfAny('\'', '<') >= 0)
            {
                Fail(at, "a line continuation inside backquotes with quotes or redirections is not understood");
                break;
            }

            if (_text[at] == '\\' && (_text[at + 1] is '$' or '`' or '\\' || (quoted && _text[at + 1] == '"')))
            {
                at++;
            }

            text.Append(_text[at]);
            origins.Add(Origin(at));
        }

        origins.Add(Origin(close));
        var inner = new ShellParser(text.ToString(), [.. origins], _depth);
        if (Failed)
        {
            return new ShellList(Between(from, from), []);
        }

        var body = inner.ParseAll();
        if (inner._error is { } error)
        {
            _error = error;
            _at = _end;
        }

        return body;
    }

    private int Origin(int at) => _origins is null ? at : _origins[at];
}
