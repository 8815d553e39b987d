using System.Text;

namespace RunbookOperator.Risk.Syntax;

internal sealed partial class ShellParser
{
    /// <summary>Reads an expansion if one begins here; the text gathered before it becomes a part of its own.</summary>
    private bool TryExpansion(List<WordPart> parts, StringBuilder literal, ref int from, bool quoted = true)
    {
        var start = _at;
        if (!BeginsExpansion(quoted))
        {
            return false;
        }

        Flush(parts, literal, from, quoted);
        var part = ParseExpansion(quoted);
        if (part is not null)
        {
            parts.Add(part);
        }

        from = _at;
        return Failed || _at > start;
    }

    private bool BeginsExpansion(bool quoted) => Current switch
    {
        '`' => true,
        '<' or '>' => !quoted && AtProcess(),
        '$' => Peek(1) is '(' or '{' or '[' or '_' or '@' or '*' or '#' or '?' or '-' or '$' or '!' || char.IsAsciiLetterOrDigit(Peek(1)),
        _ => false,
    };

    private WordPart? ParseExpansion(bool quoted)
    {
        var start = _at;
        if (!Enter())
        {
            return null;
        }

        _inside++;
        WordPart? part = Current switch
        {
            '`' => ParseBackquotes(quoted),
            '<' or '>' => ParseProcess(),
            _ => ParseDollar(start, quoted),
        };
        LeaveInside();
        Leave();
        return part;
    }

    private ProcessPart ParseProcess()
    {
        var start = _at;
        _at += 2;
        var body = ParseBody(start, static _ => false, ")");
        return new ProcessPart(Here(start), body);
    }

    private SubstitutionPart ParseBackquotes(bool quoted)
    {
        var start = _at;
        _at++;
        var close = IndexOf('`');
        if (close >= _end)
        {
            Fail(start, "a backquote is not closed");
        }
        else if (_text.AsSpan(_at, close - _at).Contains('\\'))
        {
            Fail(start, "a backslash inside backquotes is not understood; write `$(…)`");
        }

        if (Failed)
        {
            return new SubstitutionPart(Here(start), quoted, new ShellList(new(start, 0), []));
        }

        var outerEnd = _end;
        _end = close;
        var body = ParseList(static _ => false);
        if (!AtEnd)
        {
            Fail(_at, $"`{Current}` has nothing to close");
        }

        _end = outerEnd;
        _at = Failed ? _end : close + 1;
        return new SubstitutionPart(Here(start), quoted, body);
    }

    private WordPart? ParseDollar(int start, bool quoted)
    {
        _at++;
        if (Skip("(("))
        {
            return ParseArithmetic("))", quoted) with { Span = Here(start) };
        }

        if (Skip("("))
        {
            SkipLines();
            var empty = Current == ')';
            var body = empty ? new ShellList(new(_at++, 0), []) : ParseBody(start, static _ => false, ")");
            return new SubstitutionPart(Here(start), quoted, body);
        }

        if (Skip("["))
        {
            Fail(start, "`$[` is an old form that is not read");
            return null;
        }

        if (Skip("{"))
        {
            return ParseBraced(start, quoted);
        }

        var name = ParseVariableName(braced: false);
        return new VariablePart(Here(start), quoted, name, "", null, null);
    }

    private string ParseVariableName(bool braced)
    {
        var start = _at;
        if (ParseName() is { Length: > 0 } name)
        {
            return name;
        }

        if (char.IsAsciiDigit(Current))
        {
            do
            {
                _at++;
            }
            while (braced && char.IsAsciiDigit(Current));
        }
        else if (Current is '@' or '*' or '#' or '?' or '-' or '$' or '!')
        {
            _at++;
        }

        return _text[start.._at];
    }

    private VariablePart ParseBraced(int start, bool quoted)
    {
        var prefix = "";
        if (Current is '#' or '!' && Peek(1) is not ('}' or ':' or '-' or '=' or '+' or '?' or '%' or '/'))
        {
            prefix = Current.ToString();
            _at++;
        }

        var name = ParseVariableName(braced: true);
        if (name.Length == 0)
        {
            Fail(start, "an expansion has no name");
        }

        ArithmeticPart? subscript = null;
        if (Skip("["))
        {
            subscript = ParseArithmetic("]", quoted);
        }

        var operation = prefix + ParseOperator();
        Word? argument = null;
        if (operation.EndsWith(':') && !operation.StartsWith('!'))
        {
            subscript = ParseArithmetic("}", quoted);
        }
        else
        {
            argument = ParseBraceArgument(quoted);
            if (!Skip("}"))
            {
                Fail(start, "`${` is not closed");
            }
        }

        return new VariablePart(Here(start), quoted, name, operation, argument, subscript);
    }

    private static readonly string[] Operators =
        [":-", ":=", ":?", ":+", "##", "%%", "//", "/#", "/%", "^^", ",,", ":", "-", "=", "?", "+", "#", "%", "/", "^", ",", "@", "*"];

    private string ParseOperator()
    {
        if (Current == '}')
        {
            return "";
        }

        foreach (var candidate in Operators)
        {
            if (Skip(candidate))
            {
                return candidate;
            }
        }

        Fail(_at, $"`{Current}` in an expansion is not understood");
        return "";
    }

    private Word? ParseBraceArgument(bool quoted)
    {
        var start = _at;
        var parts = new List<WordPart>();
        var literal = new StringBuilder();
        var from = _at;
        while (!AtEnd && Current != '}')
        {
            if (quoted && Current == '\'')
            {
                Fail(_at, "a single quote inside a quoted expansion is not understood");
                break;
            }

            if (TryExpansion(parts, literal, ref from, quoted) || TryQuoted(parts, literal, ref from))
            {
                continue;
            }

            literal.Append(Current);
            _at++;
        }

        Flush(parts, literal, from, quoted);
        return _at == start ? null : new Word(Here(start), parts);
    }
}
