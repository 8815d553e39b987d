namespace RunbookOperator.Risk.Syntax;

internal sealed partial class ShellParser
{
    private ArithmeticCommand ParseArithmeticCommand(int start)
    {
        _at += 2;
        var expression = ParseArithmetic("))", quoted: false);
        return new ArithmeticCommand(Here(start), expression);
    }

    /// <summary>Reads an expression up to and with <paramref name="closing"/>: only its expansions and the names in it matter.</summary>
    private ArithmeticPart ParseArithmetic(string closing, bool quoted)
    {
        var start = _at;
        var parts = new List<WordPart>();
        var names = new List<string>();
        var open = 0;
        while (!AtEnd && !(open == 0 && Looking(closing)))
        {
            if (BeginsExpansion(quoted: true))
            {
                if (ParseExpansion(quoted: true) is { } part)
                {
                    parts.Add(part);
                }
            }
            else if (ParseName() is { Length: > 0 } name)
            {
                names.Add(name);
            }
            else if (char.IsAsciiDigit(Current))
            {
                while (char.IsAsciiLetterOrDigit(Current) || Current is '#' or '_')
                {
                    _at++;
                }
            }
            else if (Current is '\'' or '\\' or '{' or '}')
            {
                Fail(_at, $"`{Current}` in an expression is not understood");
            }
            else
            {
                open += Current switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
                if (open < 0)
                {
                    Fail(start, $"`{closing}` is missing");
                }

                _at++;
            }
        }

        if (!Skip(closing))
        {
            Fail(start, $"`{closing}` is missing");
        }

        return new ArithmeticPart(Here(start), quoted, parts, names);
    }

    /// <summary>A word or an operator inside <c>[[ ]]</c>. A pattern behind <c>=~</c> may hold parentheses and bars.</summary>
    private Word ParseConditionalWord(bool afterMatch)
    {
        var start = _at;
        foreach (var candidate in (ReadOnlySpan<string>)["&&", "||", "(", ")", "<", ">"])
        {
            if (!afterMatch && !AtProcess() && Skip(candidate))
            {
                return new Word(Here(start), [new LiteralPart(Here(start), Quoted: false, candidate)]);
            }
        }

        if (!afterMatch)
        {
            return ParseWord();
        }

        var parts = new List<WordPart>();
        var open = 0;
        while (!AtEnd && (open > 0 || Current is not (' ' or '\t' or '\n')) && !Failed)
        {
            if (!EndsWord(Current) || AtProcess())
            {
                parts.AddRange(ParseWord().Parts);
                continue;
            }

            open += Current switch { '(' => 1, ')' => -1, _ => 0 };
            if (open < 0 || Current is ';' or '&' or '\n')
            {
                Fail(_at, $"`{Current}` in a pattern is not understood");
                break;
            }

            parts.Add(new LiteralPart(new(_at, 1), Quoted: false, Current.ToString()));
            _at++;
        }

        return new Word(Here(start), parts);
    }
}
