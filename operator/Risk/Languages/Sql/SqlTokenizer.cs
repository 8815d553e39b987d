namespace RunbookOperator.Risk.Languages.Sql;

/// <summary>
/// Cuts SQL into tokens by the rules of one dialect. Where a setting of the server decides how a text is read, both readings must agree;
/// otherwise it stops and says where.
/// </summary>
internal sealed partial class SqlTokenizer
{
    private readonly string _text;
    private readonly SqlDialect _dialect;
    private readonly List<SqlToken> _tokens = [];
    private int _at;
    private int _depth;
    private int _brackets;

    // Since the last end of a statement: tokens, and comments, which the sqlite3 shell may or may not count as the beginning of one.
    private bool _pending;
    private bool _commented;

    private SqlTokenizer(string text, SqlDialect dialect)
    {
        _text = text;
        _dialect = dialect;
    }

    /// <summary>Where and why reading stopped; null if everything was read.</summary>
    public (string Rule, TextSpan Span, string Subject)? Problem { get; private set; }

    /// <summary>The tokens up to the end or to the first problem.</summary>
    public IReadOnlyList<SqlToken> Tokens => _tokens;

    /// <summary>Reads <paramref name="text"/>.</summary>
    public static SqlTokenizer Read(string text, SqlDialect dialect)
    {
        var tokenizer = new SqlTokenizer(text, dialect);
        while (tokenizer.Problem is null && tokenizer._at < text.Length)
        {
            tokenizer.ReadNext();
        }

        if (tokenizer._depth > 0)
        {
            tokenizer.Stop(text.Length, "(");
        }

        return tokenizer;
    }

    private char Current => _text[_at];

    private char Next => _at + 1 < _text.Length ? _text[_at + 1] : '\0';

    private void ReadNext()
    {
        var current = Current;
        if (char.IsWhiteSpace(current))
        {
            _at++;
        }
        else if (SkipsComment())
        {
            _commented = true;
        }
        else if (current is '\'' || (current is '"' && _dialect.QuotesAreStrings))
        {
            ReadString(_dialect.Backslash == SqlBackslash.Always);
        }
        else if (current is '"' || (current is '`' && _dialect.BacktickNames) || (current is '[' && _dialect.BracketNames))
        {
            ReadQuotedName(current == '[' ? ']' : current);
        }
        else if (current is '$' && _dialect.DollarStrings && DollarTag() is { } tag)
        {
            ReadDollarString(tag);
        }
        else if (IsNameStart(current))
        {
            ReadWord();
        }
        else if (char.IsAsciiDigit(current))
        {
            ReadNumber();
        }
        else
        {
            ReadSymbol(current);
        }
    }

    private void ReadWord()
    {
        var start = _at;
        while (_at < _text.Length && (IsNameStart(Current) || char.IsAsciiDigit(Current) || Current == '$'))
        {
            _at++;
        }

        var word = _text[start.._at].ToLowerInvariant();
        if (_at < _text.Length && Current == '\'' && word is "e" or "b" or "x" or "n")
        {
            ReadString(word == "e" && _dialect.Backslash == SqlBackslash.InEscapeStrings || _dialect.Backslash == SqlBackslash.Always);
        }
        else if (word == "u" && _at < _text.Length && Current == '&' && Next is '\'' or '"')
        {
            // Escapes in names could spell any function, and the escape character can be chosen behind the string.
            Stop(start, "U&");
        }
        else if ((word == "delimiter" && _dialect.Client == SqlClient.Mysql) || (word == "go" && _dialect.Client == SqlClient.Sqlite && IsAlone(start)))
        {
            // From here on other characters end a statement, or this word just has.
            Stop(start, word);
        }
        else
        {
            Add(SqlTokenKind.Word, word, start);
        }
    }

    /// <summary>Whether what stands from <paramref name="start"/> to here has its line for itself.</summary>
    private bool IsAlone(int start)
    {
        var before = _text.AsSpan(0, start).LastIndexOfAnyExcept(' ', '\t');
        var after = _text.AsSpan(_at).IndexOfAnyExcept(' ', '\t');
        return (before < 0 || _text[before] is '\n' or '\r') && (after < 0 || _text[_at + after] is '\n' or '\r' or ';');
    }

    private void ReadNumber()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(Current) || Current is '.' or '_'))
        {
            _at++;
        }

        Add(SqlTokenKind.Number, _text[start.._at], start);
    }

    private void ReadSymbol(char current)
    {
        switch (current)
        {
            case ';':
                if (_depth > 0)
                {
                    // A client may wait for the closing parenthesis where the server does not.
                    Stop(_at, ";");
                    return;
                }

                AddTerminator(1);
                return;
            case '\\' when _dialect.Client == SqlClient.Psql:
                ReadPsqlCommand();
                return;
            case '\\' when _dialect.Client == SqlClient.Mysql:
                ReadMysqlCommand();
                return;
            case '.' when _dialect.Client == SqlClient.Sqlite && IsAtLineStart():
                ReadDotCommand();
                return;
            case '/' when _dialect.Client == SqlClient.Sqlite && IsAloneSymbol():
            case '\\' or '\0':
                Stop(_at, current.ToString());
                return;
            case ':' when _dialect.Client == SqlClient.Psql && _brackets == 0 && (IsNameStart(Next) || Next is '\'' or '"' or '{') && !FollowsColon():
                Stop(_at, _text[_at..Math.Min(_text.Length, _at + 10)], "sql.variable");
                return;
            case '(' or ')':
                _depth += current == '(' ? 1 : -1;
                break;
            case '[' or ']':
                _brackets = Math.Max(0, _brackets + (current == '[' ? 1 : -1));
                break;
        }

        if (_depth < 0)
        {
            Stop(_at, ")");
            return;
        }

        _at++;
        Add(SqlTokenKind.Symbol, current.ToString(), _at - 1);
    }

    private bool IsAloneSymbol()
    {
        _at++;
        var alone = IsAlone(_at - 1);
        _at--;
        return alone;
    }

    private bool FollowsColon() => _at > 0 && _text[_at - 1] == ':';

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_' || c > '\u007f';

    private void Add(SqlTokenKind kind, string text, int start)
    {
        _tokens.Add(new SqlToken(kind, text, TextSpan.FromTo(start, _at)));
        _pending = true;
    }

    private void AddTerminator(int length)
    {
        _at += length;
        _tokens.Add(new SqlToken(SqlTokenKind.Terminator, ";", new TextSpan(_at - length, length)));
        _pending = false;
        _commented = false;
    }

    private void Stop(int start, string subject, string rule = "sql.unreadable")
    {
        Problem ??= (rule, TextSpan.FromTo(Math.Min(start, _text.Length), Math.Min(_text.Length, Math.Max(start + 1, _at))), subject);
        _at = _text.Length;
        _depth = 0;
    }
}
