using System.Buffers;

namespace RunbookOperator.Risk.Syntax;

internal sealed partial class ShellParser
{
    private static readonly string[] Operators =
        [":-", ":=", ":?", ":+", "##", "%%", "//", "/#", "/%", "^^", ",,", ":", "-", "=", "?", "+", "#", "%", "/", "^", ",", "@"];

    private static readonly SearchValues<char> SpecialInArgument = SearchValues.Create("}$`\\\"\n");

    /// <summary>What may follow <c>@</c>.</summary>
    private const string Transformations = "QEPAaKkUuL";

    private VariablePart ParseBraced(int start, bool quoted)
    {
        var prefix = ParsePrefix();
        var name = ParseVariableName(braced: true);
        if (name.Length == 0)
        {
            Fail(start, "an expansion has no name");
        }

        ArithmeticPart? subscript = null;
        if (Current == '[')
        {
            var opened = _at;
            Advance();
            subscript = ParseArithmetic(opened, ArithmeticForm.Subscript, quoted);
        }

        if (prefix == "!" && Current is '*' or '@' && Next == '}')
        {
            prefix += Current;
            Advance();
        }

        var operation = ParseOperator();
        ArithmeticPart? slice = null;
        Word? argument = null;
        if (operation == ":")
        {
            slice = ParseArithmetic(_at, ArithmeticForm.Brace, quoted);
        }
        else if (operation.Length > 0)
        {
            argument = ParseBraceArgument(operation, quoted);
        }

        if (operation != ":" && !Skip('}'))
        {
            Fail(start, "`${` is not closed");
        }

        if ((prefix == "#" && operation.Length > 0) || (operation == "@" && !(argument?.Literal is [var letter] && Transformations.Contains(letter, StringComparison.Ordinal))))
        {
            Fail(start, "an expansion of this form is not understood");
        }

        return new VariablePart(Here(start), quoted, name, prefix + operation, argument, subscript) { Slice = slice, IsLength = prefix == "#" };
    }

    /// <summary><c>#</c> for a length or <c>!</c> for indirection, unless they are the name.</summary>
    private string ParsePrefix()
    {
        if (Current is not ('#' or '!'))
        {
            return "";
        }

        var isPrefix = char.IsAsciiLetterOrDigit(Next) || Next is '_' or '@' or '*' || (Current == '!' && Next == '#') || (Next is '?' or '-' or '$' or '!' or '#' && ClosesBehindNext());
        if (!isPrefix)
        {
            return "";
        }

        var prefix = Current.ToString();
        Advance();
        return prefix;
    }

    private bool ClosesBehindNext()
    {
        var at = BehindContinuations(BehindContinuations(_at + 1) + 1);
        return at < _end && _text[at] == '}';
    }

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

        Fail(_at, AtEnd ? "an expansion is not closed" : $"`{Current}` in an expansion is not understood");
        return "";
    }

    private Word? ParseBraceArgument(string operation, bool quoted)
    {
        var start = _at;
        var parts = new List<WordPart>();
        while (!AtEnd && Current != '}')
        {
            if (quoted)
            {
                ParseQuotedArgument(parts, isPattern: operation[0] is '#' or '%' or '/' or '^' or ',');
            }
            else
            {
                ParseOpenArgument(parts);
            }
        }

        return _at == start ? null : new Word(Here(start), parts);
    }

    /// <summary>Outside double quotes the argument is read as a word in which blanks and operators stand for themselves.</summary>
    private void ParseOpenArgument(List<WordPart> parts)
    {
        var start = _at;
        while (!AtEnd && Current is not ('}' or '\'' or '"' or '\\') && !BeginsExpansion(quoted: false) && !(Current == '$' && Next is '\'' or '"'))
        {
            _literal.Append(Current);
            Advance();
        }

        Flush(parts, start, quoted: false);
        if (_at > start || AtEnd || Current == '}')
        {
            return;
        }

        if (!BeginsExpansion(quoted: false))
        {
            ParseQuoted(parts);
            return;
        }

        var process = AtProcess();
        TakeExpansion(parts, quoted: false);
        if (process && _text.AsSpan(start, _behind - start).IndexOfAny('}', '\'', '"') >= 0)
        {
            Fail(start, "shells differ in where an expansion ends that holds a process substitution");
        }
    }

    /// <summary>Inside double quotes, double quotes still quote, but single quotes do so only in patterns.</summary>
    private void ParseQuotedArgument(List<WordPart> parts, bool isPattern)
    {
        var start = _at;
        if (BeginsExpansion(quoted: true))
        {
            TakeExpansion(parts, quoted: true);
            return;
        }

        if (Current == '"')
        {
            if (_inHereDocument)
            {
                Fail(_at, "shells differ in what a quote is inside an expansion in a here-document");
                return;
            }

            ParseDoubleQuoted(parts, start);
            return;
        }

        if (Current == '\'')
        {
            ParseQuoteInArgument(parts, start, isPattern);
            return;
        }

        while (!AtEnd && Current is not ('}' or '"' or '\'') && !BeginsExpansion(quoted: true))
        {
            if (Current == '\\' && _at + 1 < _end && _text[_at + 1] is '$' or '`' or '\\' or '"' or '}')
            {
                _at++;
            }

            _literal.Append(Current);
            Advance();
        }

        Flush(parts, start, quoted: true);
    }

    /// <summary>
    /// Shells agree on where <c>"${x:-'…'}"</c> ends only if nothing between the single quotes is special; in a pattern they quote.
    /// </summary>
    private void ParseQuoteInArgument(List<WordPart> parts, int start, bool isPattern)
    {
        var close = _text.AsSpan(start + 1, _end - start - 1).IndexOf('\'') + start + 1;
        if (_inHereDocument || close == start || _text.AsSpan(start + 1, close - start - 1).ContainsAny(SpecialInArgument))
        {
            Fail(start, "a single quote inside a quoted expansion is not understood");
            return;
        }

        MoveTo(close + 1);
        parts.Add(new LiteralPart(Here(start), Quoted: true, isPattern ? _text[(start + 1)..close] : _text[start..(close + 1)]));
    }
}
