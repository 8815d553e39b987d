namespace RunbookOperator.Risk.Languages.Sql;

internal sealed partial class SqlTokenizer
{
    /// <summary>Goes behind a comment, if one begins here.</summary>
    private bool SkipsComment()
    {
        var start = _at;
        if (Current == '-' && Next == '-' && (!_dialect.DashesNeedSpace || _at + 2 >= _text.Length || char.IsWhiteSpace(_text[_at + 2])))
        {
            SkipLine();
        }
        else if ((Current == '#' && _dialect.HashComments) || (Current == '/' && Next == '/' && _dialect.SlashComments))
        {
            SkipLine();
        }
        else if (Current == '/' && Next == '*')
        {
            SkipBlock(start);
        }
        else
        {
            return false;
        }

        return true;
    }

    private void SkipLine()
    {
        var end = _text.AsSpan(_at).IndexOfAny('\n', '\r');
        _at = end < 0 ? _text.Length : _at + end;
    }

    private void SkipBlock(int start)
    {
        _at += 2;
        if (_dialect.RunsComments && _at < _text.Length && (Current == '!' || (Current == 'M' && Next == '!')))
        {
            Stop(start, "/*!", "sql.hidden");
            return;
        }

        for (var depth = 1; depth > 0; _at++)
        {
            if (_at + 1 >= _text.Length)
            {
                Stop(start, "/*");
                return;
            }

            if (Current == '*' && Next == '/')
            {
                depth--;
                _at++;
            }
            else if (Current == '/' && Next == '*')
            {
                if (!_dialect.NestsComments)
                {
                    // Forks and clients disagree on what this opens.
                    Stop(_at, "/*");
                    return;
                }

                depth++;
                _at++;
            }
        }
    }

    /// <summary>
    /// Reads a string. Whether a backslash before a quote escapes it depends on a setting of the server, unless the string says so
    /// itself: such strings are not read.
    /// </summary>
    private void ReadString(bool escapes)
    {
        var quote = Current;
        var start = _at++;
        var begin = _at;
        var certain = escapes && _dialect.Backslash == SqlBackslash.InEscapeStrings;
        while (_at < _text.Length)
        {
            if (Current == '\\' && Next == quote && !certain)
            {
                Stop(start, _text[start..(_at + 1)]);
                return;
            }

            if (Current == '\\' && escapes)
            {
                _at += 2;
            }
            else if (Current == quote && Next == quote)
            {
                _at += 2;
            }
            else if (Current == quote)
            {
                _at++;
                Add(SqlTokenKind.String, _text[begin..(_at - 1)], start);
                return;
            }
            else
            {
                _at++;
            }
        }

        Stop(start, quote.ToString());
    }

    private void ReadQuotedName(char close)
    {
        var start = _at++;
        while (_at < _text.Length)
        {
            if (Current == close && Next == close && close != ']')
            {
                _at += 2;
            }
            else if (Current == close)
            {
                _at++;
                Add(SqlTokenKind.QuotedName, _text[(start + 1)..(_at - 1)].Replace($"{close}{close}", $"{close}", StringComparison.Ordinal), start);
                return;
            }
            else if (Current == '\\')
            {
                // ClickHouse escapes with it, the others do not.
                Stop(start, close.ToString());
                return;
            }
            else
            {
                _at++;
            }
        }

        Stop(start, close.ToString());
    }

    /// <summary>The opening <c>$tag$</c> at this place, if there is one.</summary>
    private string? DollarTag()
    {
        var end = _at + 1;
        while (end < _text.Length && (IsNameStart(_text[end]) || (char.IsAsciiDigit(_text[end]) && end > _at + 1)))
        {
            end++;
        }

        return end < _text.Length && _text[end] == '$' ? _text[_at..(end + 1)] : null;
    }

    private void ReadDollarString(string tag)
    {
        var start = _at;
        var close = _text.IndexOf(tag, _at + tag.Length, StringComparison.Ordinal);
        if (close < 0)
        {
            Stop(start, tag);
            return;
        }

        _at = close + tag.Length;
        Add(SqlTokenKind.String, _text[(start + tag.Length)..close], start);
    }
}
