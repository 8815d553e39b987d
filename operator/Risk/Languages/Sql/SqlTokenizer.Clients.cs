namespace RunbookOperator.Risk.Languages.Sql;

internal sealed partial class SqlTokenizer
{
    // Commands of mysql that take no argument: what follows is read on.
    private const string MysqlWithoutArgument = "cwWsxnt#pqGg";

    /// <summary>
    /// A backslash command of psql ends at the end of its line or at the next backslash outside quotes; two backslashes lead back to SQL, and
    /// <c>\;</c> is a semicolon that is kept back.
    /// </summary>
    private void ReadPsqlCommand()
    {
        if (Next == ';')
        {
            AddTerminator(2);
            return;
        }

        var start = _at++;
        if (_at < _text.Length && Current == '\\')
        {
            _at++;
            return;
        }

        var quote = '\0';
        while (_at < _text.Length && Current is not ('\n' or '\r') && (quote != '\0' || Current != '\\'))
        {
            quote = Current switch
            {
                '\'' or '"' or '`' when quote == '\0' => Current,
                _ when Current == quote => '\0',
                _ => quote,
            };
            _at++;
        }

        if (quote != '\0')
        {
            Stop(start, _text[start.._at]);
            return;
        }

        AddCommand(start);
    }

    /// <summary>A backslash command of mysql: one letter, and for some an argument up to the delimiter or the end of the line.</summary>
    private void ReadMysqlCommand()
    {
        var start = _at;
        if (Next is 'g' or 'G')
        {
            if (_depth > 0)
            {
                Stop(start, "\\G");
                return;
            }

            AddTerminator(2);
            return;
        }

        _at = Math.Min(_text.Length, _at + 2);
        if (_at > start + 1 && !MysqlWithoutArgument.Contains(_text[start + 1]))
        {
            while (_at < _text.Length && Current is not ('\n' or '\r' or ';'))
            {
                _at++;
            }
        }

        AddCommand(start);
    }

    private bool IsAtLineStart() => _at == 0 || _text[_at - 1] is '\n' or '\r';

    /// <summary>A dot command of sqlite3 takes its line. In the middle of a statement the same line is SQL; which of both it is must be clear.</summary>
    private void ReadDotCommand()
    {
        var start = _at;
        if (_pending || _commented)
        {
            Stop(start, ".");
            return;
        }

        SkipLine();
        AddCommand(start);
        _pending = false;
    }

    private void AddCommand(int start)
    {
        Add(SqlTokenKind.ClientCommand, _text[(start + 1).._at].Trim(), start);
    }
}
