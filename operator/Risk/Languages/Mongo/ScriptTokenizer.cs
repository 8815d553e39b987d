namespace RunbookOperator.Risk.Languages.Mongo;

/// <summary>Cuts JavaScript into tokens. What it does not know ends the reading.</summary>
internal sealed class ScriptTokenizer
{
    private static readonly string[] Symbols =
        ["===", "!==", "...", "=>", "==", "!=", "<=", ">=", "&&", "||", "??", "?.", "(", ")", "[", "]", "{", "}", ",", ";", ":", ".", "+", "-", "*", "%", "<", ">", "!", "?", "=", "/"];

    private readonly string _text;
    private readonly List<ScriptToken> _tokens = [];
    private int _at;

    private ScriptTokenizer(string text) => _text = text;

    /// <summary>The tokens, closed by one of the kind End; and where the reading failed, if it did.</summary>
    public static (List<ScriptToken> Tokens, TextSpan? Problem) Read(string text)
    {
        var tokenizer = new ScriptTokenizer(text);
        while (tokenizer._at < text.Length)
        {
            if (!tokenizer.ReadNext())
            {
                return (tokenizer._tokens, TextSpan.FromTo(Math.Min(tokenizer._at, text.Length), text.Length));
            }
        }

        tokenizer._tokens.Add(new ScriptToken(ScriptTokenKind.End, "", new TextSpan(text.Length, 0)));
        return (tokenizer._tokens, null);
    }

    private bool ReadNext()
    {
        var current = _text[_at];
        switch (current)
        {
            case '\n' or '\r':
                return Add(ScriptTokenKind.Newline, "\n", _at, _at + 1);
            case ' ' or '\t':
                _at++;
                return true;
            case '\'' or '"' or '`':
                return ReadString(current);
            case '/' when _at + 1 < _text.Length && _text[_at + 1] is '/' or '*':
                return SkipComment();
            case '/' when BeginsRegex():
                return ReadRegex();
        }

        var start = _at;
        if (char.IsAsciiLetter(current) || current is '_' or '$')
        {
            while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '_' or '$'))
            {
                _at++;
            }

            return Add(ScriptTokenKind.Name, _text[start.._at], start, _at);
        }

        if (char.IsAsciiDigit(current))
        {
            while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || (_text[_at] == '.' && _at + 1 < _text.Length && char.IsAsciiDigit(_text[_at + 1]))))
            {
                _at++;
            }

            return Add(ScriptTokenKind.Number, _text[start.._at], start, _at);
        }

        var symbol = Array.Find(Symbols, one => _text.AsSpan(_at).StartsWith(one, StringComparison.Ordinal));
        return symbol is not null && Add(ScriptTokenKind.Symbol, symbol, _at, _at + symbol.Length);
    }

    private bool Add(ScriptTokenKind kind, string text, int start, int end)
    {
        _tokens.Add(new ScriptToken(kind, text, TextSpan.FromTo(start, end)));
        _at = end;
        return true;
    }

    private bool ReadString(char quote)
    {
        var start = _at;
        for (var at = start + 1; at < _text.Length; at++)
        {
            var c = _text[at];
            if (c == '\\' && !(at + 1 < _text.Length && _text[at + 1] is 'n' or 't' or '\\' or '"' or '\'' or 'r' or '.' or 'd' or '/'))
            {
                // Escapes could spell the name of any method.
                return false;
            }

            if (c == '\\')
            {
                at++;
            }
            else if (c == quote)
            {
                return Add(ScriptTokenKind.String, _text[(start + 1)..at], start, at + 1);
            }
            else if ((c is '\n' or '\r' && quote != '`') || (c == '$' && quote == '`'))
            {
                return false;
            }
        }

        return false;
    }

    private bool SkipComment()
    {
        if (_text[_at + 1] == '/')
        {
            var line = _text.AsSpan(_at).IndexOfAny('\n', '\r');
            _at = line < 0 ? _text.Length : _at + line;
            return true;
        }

        var end = _text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        _at = end + 2;
        return true;
    }

    // A slash is a division behind a value, and nowhere else.
    private bool BeginsRegex() => _tokens.Count == 0 || _tokens[^1] is { Kind: ScriptTokenKind.Symbol, Text: "(" or "," or ":" or "[" or "=" or "=>" or "&&" or "||" or "!" };

    private bool ReadRegex()
    {
        var start = _at;
        var inClass = false;
        for (var at = start + 1; at < _text.Length && _text[at] is not ('\n' or '\r'); at++)
        {
            switch (_text[at])
            {
                case '\\':
                    at++;
                    break;
                case '[':
                    inClass = true;
                    break;
                case ']':
                    inClass = false;
                    break;
                case '/' when !inClass:
                    at++;
                    while (at < _text.Length && char.IsAsciiLetter(_text[at]))
                    {
                        at++;
                    }

                    return Add(ScriptTokenKind.Regex, _text[start..at], start, at);
            }
        }

        return false;
    }
}
