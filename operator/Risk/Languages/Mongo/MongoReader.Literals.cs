namespace RunbookOperator.Risk.Languages.Mongo;

internal sealed partial class MongoReader
{
    /// <summary>Expressions with commas between them, up to <paramref name="close"/>.</summary>
    private void ReadList(string close)
    {
        _at++;
        SkipNewlines();
        while (!_stopped && !Current.Is(close))
        {
            if (Current.Is("..."))
            {
                _at++;
            }

            ReadExpression();
            SkipNewlines();
            if (Current.Is(","))
            {
                _at++;
                SkipNewlines();
            }
            else if (!Current.Is(close))
            {
                Stop();
            }
        }

        _at++;
    }

    private void ReadObject()
    {
        _at++;
        SkipNewlines();
        while (!_stopped && !Current.Is("}"))
        {
            var key = Current;
            if (key.Kind is not (ScriptTokenKind.Name or ScriptTokenKind.String or ScriptTokenKind.Number) || !Following.Is(":"))
            {
                Stop();
                return;
            }

            if (MongoTable.Key(key.Text) is { } rule)
            {
                _findings.Add(rule, key.Span, key.Text);
            }

            _at += 2;
            ReadExpression();
            SkipNewlines();
            if (Current.Is(","))
            {
                _at++;
                SkipNewlines();
            }
            else if (!Current.Is("}"))
            {
                Stop();
            }
        }

        _at++;
    }

    /// <summary>An expression in parentheses, or the parameters of an arrow function.</summary>
    private void ReadParenthesis()
    {
        var ahead = _at + 1;
        while (ahead < _tokens.Count - 1 && (_tokens[ahead].Kind == ScriptTokenKind.Name || _tokens[ahead].Is(",")))
        {
            ahead++;
        }

        if (ahead + 1 < _tokens.Count && _tokens[ahead].Is(")") && _tokens[ahead + 1].Is("=>"))
        {
            ReadParameters();
            ReadArrow();
        }
        else
        {
            ReadList(")");
        }
    }

    private void ReadParameters()
    {
        _at++;
        while (!_stopped && !Current.Is(")"))
        {
            Declare();
            if (Current.Is(","))
            {
                _at++;
            }
        }

        _at++;
    }

    private void ReadArrow()
    {
        if (!Current.Is("=>"))
        {
            Stop();
            return;
        }

        _at++;
        if (Current.Is("{"))
        {
            ReadBody();
        }
        else
        {
            ReadExpression();
        }
    }

    private void ReadFunction()
    {
        if (!Current.Is("("))
        {
            // A name given to a function could be that of another.
            Stop();
            return;
        }

        ReadParameters();
        if (Current.Is("{"))
        {
            ReadBody();
        }
        else
        {
            Stop();
        }
    }

    private void ReadBody()
    {
        _at++;
        ReadStatements(ScriptTokenKind.End, "}");
        if (Current.Is("}"))
        {
            _at++;
        }
        else
        {
            Stop();
        }
    }
}
