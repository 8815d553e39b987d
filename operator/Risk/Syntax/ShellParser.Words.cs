using System.Text;

namespace RunbookOperator.Risk.Syntax;

internal sealed partial class ShellParser
{
    private bool AtProcess() => (Current is '<' or '>') && Peek(1) == '(';

    private Word ParseWord()
    {
        var start = _at;
        var parts = new List<WordPart>();
        var literal = new StringBuilder();
        var from = _at;
        while (!AtEnd && (!EndsWord(Current) || AtProcess()))
        {
            if (TryExpansion(parts, literal, ref from, quoted: false) || TryQuoted(parts, literal, ref from))
            {
                continue;
            }

            if (!char.IsAscii(Current))
            {
                Fail(_at, $"`{Current}` outside quotes is not what it looks like", "text.look-alike");
                break;
            }

            literal.Append(Current);
            _at++;
        }

        Flush(parts, literal, from, quoted: false);
        if (_at == start && !Failed)
        {
            Fail(_at, AtEnd ? "a word is missing at the end" : $"a word is missing before `{(Current == '\n' ? "the line end" : Current)}`");
        }

        return new Word(Here(start), parts);
    }

    private void Flush(List<WordPart> parts, StringBuilder literal, int from, bool quoted)
    {
        if (literal.Length > 0)
        {
            parts.Add(new LiteralPart(Here(from), quoted, literal.ToString()));
            literal.Clear();
        }
    }

    private bool TryQuoted(List<WordPart> parts, StringBuilder literal, ref int from)
    {
        if (Current == '\\' && Peek(1) == '\n')
        {
            if (Peek(2) is not (' ' or '\t' or '\n' or '\0'))
            {
                Fail(_at, "a word that goes on in the next line is not understood");
                return true;
            }

            _at += 2;
            return true;
        }

        var dollar = Current == '$' && Peek(1) is '\'' or '"' ? 1 : 0;
        if (Peek(dollar) is not ('\'' or '"') && Current != '\\')
        {
            return false;
        }

        Flush(parts, literal, from, quoted: false);
        from = _at;
        var start = _at;
        _at += dollar;
        switch (Current)
        {
            case '\\':
                ParseEscape(parts, start);
                break;
            case '\'' when dollar == 1:
                ParseAnsiQuoted(parts, start);
                break;
            case '\'':
                ParseSingleQuoted(parts, start);
                break;
            default:
                ParseDoubleQuoted(parts, start);
                break;
        }

        from = _at;
        return true;
    }

    private void ParseEscape(List<WordPart> parts, int start)
    {
        _at++;
        if (AtEnd)
        {
            Fail(start, "a backslash stands at the end");
            return;
        }

        if (!char.IsAscii(Current))
        {
            Fail(_at, $"`{Current}` outside quotes is not what it looks like", "text.look-alike");
            return;
        }

        parts.Add(new LiteralPart(new(start, 2), Quoted: true, Current.ToString()));
        _at++;
    }

    private void ParseSingleQuoted(List<WordPart> parts, int start)
    {
        _at++;
        var close = IndexOf('\'');
        if (close >= _end)
        {
            Fail(start, "a single quote is not closed");
            return;
        }

        var text = _text[_at..close];
        _at = close + 1;
        parts.Add(new LiteralPart(Here(start), Quoted: true, text));
    }

    private void ParseDoubleQuoted(List<WordPart> parts, int start)
    {
        _at++;
        var count = parts.Count;
        var literal = new StringBuilder();
        var from = _at;
        while (!AtEnd && Current != '"')
        {
            if (!TryExpansion(parts, literal, ref from))
            {
                AppendQuotedCharacter(literal, escapes: "$`\"\\");
            }
        }

        Flush(parts, literal, from, quoted: true);
        if (!Skip("\""))
        {
            Fail(start, "a double quote is not closed");
        }

        if (parts.Count == count)
        {
            parts.Add(new LiteralPart(Here(start), Quoted: true, ""));
        }
    }

    private void ParseAnsiQuoted(List<WordPart> parts, int start)
    {
        _at++;
        var text = new StringBuilder();
        while (!AtEnd && Current != '\'')
        {
            if (Current != '\\')
            {
                text.Append(Current);
                _at++;
                continue;
            }

            var length = AnsiEscapes.Decode(_text.AsSpan(_at, _end - _at), text);
            if (length == 0)
            {
                Fail(_at, "an escape in `$'…'` is not understood");
                return;
            }

            _at += length;
        }

        if (!Skip("'"))
        {
            Fail(start, "a quote `$'` is not closed");
        }

        parts.Add(new LiteralPart(Here(start), Quoted: true, text.ToString()));
    }
}
