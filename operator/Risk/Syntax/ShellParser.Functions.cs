namespace RunbookOperator.Risk.Syntax;

internal sealed partial class ShellParser
{
    private FunctionDefinition ParseFunctionKeyword(int start)
    {
        _at += "function".Length;
        SkipBlanks();
        var name = ParseFunctionName();
        SkipBlanks();
        if (Skip("("))
        {
            SkipBlanks();
            if (!Skip(")"))
            {
                Fail(_at, "`)` is missing behind the name of a function");
            }
        }

        return ParseFunctionBody(start, name);
    }

    private FunctionDefinition? TryFunction(int start)
    {
        var name = ParseFunctionName();
        SkipBlanks();
        if (name.Length > 0 && Skip("("))
        {
            SkipBlanks();
            if (Skip(")"))
            {
                return ParseFunctionBody(start, name);
            }
        }

        _at = start;
        return null;
    }

    private FunctionDefinition ParseFunctionBody(int start, string name)
    {
        if (name.Length == 0)
        {
            Fail(start, "a function needs a name");
        }

        SkipLines();
        var body = ParseCommand();
        if (body is SimpleCommand && !Failed)
        {
            Fail(start, "a function's body must be a compound command");
        }

        return new FunctionDefinition(Here(start), name, body);
    }

    private string ParseFunctionName()
    {
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Current) || Current is '_' or '-' or '.' or ':' or '+' or '@' or '/')
        {
            _at++;
        }

        return _text[start.._at];
    }

    private string ParseName()
    {
        var start = _at;
        if (char.IsAsciiLetter(Current) || Current == '_')
        {
            while (char.IsAsciiLetterOrDigit(Current) || Current == '_')
            {
                _at++;
            }
        }

        return _text[start.._at];
    }
}
