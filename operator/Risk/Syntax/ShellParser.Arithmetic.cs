namespace RunbookOperator.Risk.Syntax;

internal sealed partial class ShellParser
{
    /// <summary>Where an expression stands, which says what ends it.</summary>
    private enum ArithmeticForm
    {
        /// <summary><c>((…))</c> and <c>$((…))</c></summary>
        Parentheses,

        /// <summary><c>((a; b; c))</c> behind <c>for</c>.</summary>
        LoopHeader,

        /// <summary><c>$[…]</c></summary>
        Bracket,

        /// <summary><c>[…]</c> of an array, which may also be a key of any text.</summary>
        Subscript,

        /// <summary><c>${name:…}</c></summary>
        Brace,
    }

    private ArithmeticCommand ParseArithmeticCommand(int start)
    {
        Advance();
        Advance();
        var expression = ParseArithmetic(start, ArithmeticForm.Parentheses, quoted: false);
        return new ArithmeticCommand(Here(start), expression);
    }

    /// <summary>Reads an expression up to and with what closes it: only its expansions and the names in it matter.</summary>
    private ArithmeticPart ParseArithmetic(int start, ArithmeticForm form, bool quoted)
    {
        var parts = new List<WordPart>();
        var names = new List<string>();
        var (open, semicolons) = (0, 0);
        while (!AtEnd && !(open == 0 && AtArithmeticEnd(form)))
        {
            if (BeginsExpansion(quoted: true))
            {
                TakeExpansion(parts, quoted: true);
            }
            else if (ParseName() is { Length: > 0 } name)
            {
                names.Add(name);
            }
            else if (char.IsAsciiDigit(Current))
            {
                ScanNumber();
            }
            else if (Current is '"' or '\'')
            {
                ParseArithmeticQuote(parts, names, form);
            }
            else
            {
                RequireArithmeticCharacter(form);
                semicolons += Current == ';' ? 1 : 0;
                open += Current switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
                if (open < 0)
                {
                    Fail(start, "an expression is not closed");
                }

                Advance();
            }
        }

        SkipArithmeticEnd(start, form);
        if (form == ArithmeticForm.LoopHeader && semicolons != 2)
        {
            Fail(start, "the head of a loop must be three expressions");
        }

        return new ArithmeticPart(Here(start), quoted, parts, names);
    }

    private void ScanNumber()
    {
        while (char.IsAsciiLetterOrDigit(Current) || Current is '#' or '_')
        {
            Advance();
        }
    }

    private bool AtArithmeticEnd(ArithmeticForm form) => form switch
    {
        ArithmeticForm.Parentheses or ArithmeticForm.LoopHeader => Current == ')' && _at + 1 < _end && _text[_at + 1] == ')',
        ArithmeticForm.Brace => Current == '}',
        _ => Current == ']',
    };

    private void SkipArithmeticEnd(int start, ArithmeticForm form)
    {
        if (AtEnd || !AtArithmeticEnd(form))
        {
            Fail(start, "an expression is not closed");
            return;
        }

        Advance();
        if (form is ArithmeticForm.Parentheses or ArithmeticForm.LoopHeader)
        {
            Advance();
        }
    }

    private void RequireArithmeticCharacter(ArithmeticForm form)
    {
        var known = " \t\n+-*/%=<>&|^!~?:,()[]@".Contains(Current, StringComparison.Ordinal)
            || (Current == ';' && form == ArithmeticForm.LoopHeader)
            || (Current is '.' or '#' && form == ArithmeticForm.Subscript);
        if (!known || (form == ArithmeticForm.Subscript && Current is '\n'))
        {
            Fail(_at, $"`{(Current == '\n' ? "a line end" : Current)}` in an expression is not understood");
        }
    }

    /// <summary>Quotes are taken away before the expression is read; the names in them count as well.</summary>
    private void ParseArithmeticQuote(List<WordPart> parts, List<string> names, ArithmeticForm form)
    {
        var count = parts.Count;
        if (Current == '"')
        {
            ParseDoubleQuoted(parts, _at);
        }
        else if (form == ArithmeticForm.Subscript)
        {
            ParseSingleQuoted(parts, _at);
        }
        else
        {
            Fail(_at, "a single quote in an expression is not understood");
        }

        for (; count < parts.Count; count++)
        {
            if (parts[count] is LiteralPart literal)
            {
                AddNames(literal.Text, names);
            }
        }
    }

    private static void AddNames(string text, List<string> names)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var start = at;
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
            {
                at++;
            }

            if (at > start && !char.IsAsciiDigit(text[start]))
            {
                names.Add(text[start..at]);
            }
        }
    }
}
