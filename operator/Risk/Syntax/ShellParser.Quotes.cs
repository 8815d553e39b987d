namespace RunbookOperator.Risk.Syntax;

internal sealed partial class ShellParser
{
    /// <summary>What a backslash escapes in double quotes.</summary>
    private const string EscapedInQuotes = "$`\\\"";

    /// <summary>What a backslash escapes in a here-document, where quotes stand for themselves.</summary>
    private const string EscapedInHereDocuments = "$`\\";

    private void ParseQuoted(List<WordPart> parts)
    {
        var start = _at;
        switch (Current)
        {
            case '\\':
                ParseEscape(parts, start);
                break;
            case '\'':
                ParseSingleQuoted(parts, start);
                break;
            case '"':
                ParseDoubleQuoted(parts, start);
                break;
            case '$' when Next == '\'':
                Advance();
                ParseAnsiQuoted(parts, start);
                break;
            case '$' when Next == '"':
                Advance();
                ParseDoubleQuoted(parts, start);
                break;
            default:
                Fail(start, $"`{Current}` is not understood here");
                break;
        }
    }

    private void ParseEscape(List<WordPart> parts, int start)
    {
        // What is escaped cannot be a line continuation: those have been skipped.
        _at++;
        if (AtEnd)
        {
            Fail(start, "a backslash stands at the end");
            return;
        }

        var escaped = Current;
        if (!char.IsAscii(escaped))
        {
            Fail(_at, $"`{escaped}` outside quotes is not what it looks like", "text.look-alike");
            return;
        }

        Advance();
        parts.Add(new LiteralPart(Here(start), Quoted: true, escaped.ToString()));
    }

    private void ParseSingleQuoted(List<WordPart> parts, int start)
    {
        // Nothing is special in here, not even a backslash at a line end.
        _at++;
        var close = IndexOf('\'');
        if (close >= _end)
        {
            Fail(start, "a single quote is not closed");
            return;
        }

        var text = _text[_at..close];
        MoveTo(close + 1);
        parts.Add(new LiteralPart(Here(start), Quoted: true, text));
    }

    private void ParseDoubleQuoted(List<WordPart> parts, int start)
    {
        if (!Enter())
        {
            return;
        }

        Advance();
        var count = parts.Count;
        while (!AtEnd && Current != '"')
        {
            if (BeginsExpansion(quoted: true))
            {
                TakeExpansion(parts, quoted: true);
            }
            else
            {
                ParseQuotedText(parts, EscapedInQuotes);
            }
        }

        if (!Skip('"'))
        {
            Fail(start, "a double quote is not closed");
        }

        if (parts.Count == count)
        {
            parts.Add(new LiteralPart(Here(start), Quoted: true, ""));
        }

        Leave();
    }

    /// <summary>Reads text up to the next expansion or, where it ends the text, the next double quote.</summary>
    private void ParseQuotedText(List<WordPart> parts, string escapes)
    {
        var start = _at;
        var endsAtQuote = escapes.Length == EscapedInQuotes.Length;
        while (!AtEnd && !(endsAtQuote && Current == '"') && !BeginsExpansion(quoted: true))
        {
            if (Current == '\\' && _at + 1 < _end && escapes.Contains(_text[_at + 1], StringComparison.Ordinal))
            {
                _at++;
            }

            _literal.Append(Current);
            Advance();
        }

        Flush(parts, start, quoted: true);
    }

    private void ParseAnsiQuoted(List<WordPart> parts, int start)
    {
        _at++;
        while (_at < _end && _text[_at] != '\'')
        {
            if (_text[_at] != '\\')
            {
                _literal.Append(_text[_at]);
                _at++;
                continue;
            }

            var length = AnsiEscapes.Decode(_text.AsSpan(_at, _end - _at), _literal);
            if (length == 0)
            {
                Fail(_at, "an escape in `$'…'` is not understood");
                break;
            }

            _at += length;
        }

        var text = _literal.ToString();
        _literal.Clear();
        if (AtEnd)
        {
            Fail(start, "a quote `$'` is not closed");
            return;
        }

        MoveTo(_at + 1);
        parts.Add(new LiteralPart(Here(start), Quoted: true, text));
    }
}
