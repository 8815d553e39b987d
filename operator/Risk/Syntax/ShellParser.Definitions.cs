namespace RunbookOperator.Risk.Syntax;

internal sealed partial class ShellParser
{
    private ShellNode? TryDefinition(int start)
    {
        switch (PeekKeyword())
        {
            case Keyword.Function:
                return ParseFunctionKeyword(start);
            case Keyword.Coproc:
                return ParseCoprocess(start);
            case Keyword.None or Keyword.In:
                return TryFunction(start);
            default:
                return null;
        }
    }

    private FunctionDefinition ParseFunctionKeyword(int start)
    {
        _ = TakeKeyword(Keyword.Function);
        SkipBlanks();
        var name = ParseFunctionName();
        if (!EndsWord(Current))
        {
            Fail(_at, $"`{Current}` in the name of a function is not understood");
        }

        SkipBlanks();
        // `function f ((…))` and `function f (…)` have no parentheses of their own.
        if (Current == '(' && NextBehindBlanks() == ')')
        {
            Advance();
            SkipBlanks();
            Advance();
        }

        return ParseFunctionBody(start, name);
    }

    private FunctionDefinition? TryFunction(int start)
    {
        var name = ScanFunctionName();
        if (name > 0)
        {
            SkipBlanks();
            if (Current == '(' && !Failed)
            {
                if (NextBehindBlanks() != ')' || "?*+@!".Contains(_text[name - 1], StringComparison.Ordinal))
                {
                    Fail(_at, "`(` does not belong here");
                    return null;
                }

                _behind = name;
                var text = Taken(start);
                Advance();
                SkipBlanks();
                Advance();
                return ParseFunctionBody(start, text);
            }
        }

        if (!Failed)
        {
            _at = start;
            _behind = start;
        }

        return null;
    }

    private char NextBehindBlanks()
    {
        var at = BehindContinuations(_at + 1);
        while (at < _end && _text[at] is ' ' or '\t')
        {
            at = BehindContinuations(at + 1);
        }

        return at < _end ? _text[at] : '\0';
    }

    private FunctionDefinition ParseFunctionBody(int start, string name)
    {
        if (name.Length == 0)
        {
            Fail(start, "a function needs a name");
        }

        SkipLines();
        var opened = _at;
        ShellNode? body = null;
        if (Enter())
        {
            body = TryCompound(opened);
            Leave();
        }

        if (body is null)
        {
            Fail(start, "a function's body must be a compound command");
            body = new ErrorNode(Here(opened), "shell.unparsed", "no body");
        }

        body = WithRedirections(opened, body);
        return new FunctionDefinition(Between(start, _commandEnd), name, body);
    }

    private string ParseFunctionName()
    {
        var start = _at;
        _ = ScanFunctionName();
        return Taken(start);
    }

    /// <summary>Moves behind the name of a function, if one is here; returns where it ends, or 0.</summary>
    private int ScanFunctionName()
    {
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Current) || Current is '_' or '-' or '.' or ':' or '+' or '@' or '/')
        {
            Advance();
        }

        return _at == start ? 0 : _behind;
    }

    /// <summary>Moves behind the name of a variable; says whether there was one.</summary>
    private bool ScanName()
    {
        if (!char.IsAsciiLetter(Current) && Current != '_')
        {
            return false;
        }

        while (char.IsAsciiLetterOrDigit(Current) || Current == '_')
        {
            Advance();
        }

        return true;
    }

    private string ParseName()
    {
        var start = _at;
        return ScanName() ? Taken(start) : "";
    }

    /// <summary><c>coproc command</c>, or <c>coproc NAME compound</c>.</summary>
    private CoprocessCommand ParseCoprocess(int start)
    {
        _ = TakeKeyword(Keyword.Coproc);
        SkipBlanks();
        var name = "COPROC";
        if (Current != '(' && !PeekIs(Keyword.Compound))
        {
            var from = _at;
            if (ScanName() && Current is ' ' or '\t')
            {
                var text = Taken(from);
                SkipBlanks();
                if (Current == '(' || PeekIs(Keyword.Compound))
                {
                    name = text;
                    from = _at;
                }
            }

            if (!Failed)
            {
                (_at, _behind) = (from, from);
            }
        }

        var inner = _at;
        ShellNode command;
        if (PeekIs(Keyword.Not | Keyword.Time | Keyword.Coproc | Keyword.Function))
        {
            Fail(inner, "this command cannot be a coprocess");
        }

        command = TryCompound(inner) is { } compound ? WithRedirections(inner, compound) : ParseSimple();
        return new CoprocessCommand(Between(start, _commandEnd), name, command);
    }
}
