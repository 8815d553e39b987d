namespace RunbookOperator.Risk.Syntax;

internal sealed partial class ShellParser
{
    private static bool Declares(Word program) => program.Bare is "export" or "declare" or "typeset" or "local" or "readonly";

    private SimpleCommand ParseSimple()
    {
        var start = _at;
        List<Assignment>? assignments = null;
        List<Assignment>? declarations = null;
        List<Redirection>? redirections = null;
        var words = new List<Word>();
        var end = start;
        var declares = false;
        var timed = _timed;
        _timed = false;
        for (SkipBlanks(); !AtEnd; SkipBlanks())
        {
            if (TryRedirection() is { } redirection)
            {
                (redirections ??= []).Add(redirection);
            }
            else if (EndsWord(Current) && !AtProcess())
            {
                break;
            }
            else if ((words.Count == 0 || declares) && TryAssignment() is { } assignment)
            {
                if (timed && assignment.Value is null)
                {
                    Fail(start, "bash does not always take an array behind `time`");
                }

                (words.Count == 0 ? assignments ??= [] : declarations ??= []).Add(assignment);
            }
            else if (!Failed)
            {
                words.Add(ParseWord());
                declares |= words.Count == 1 && Declares(words[0]);
            }

            end = _behind;
        }

        if (end == start)
        {
            Fail(start, AtEnd ? "a command is missing at the end" : $"a command is missing before `{(Current == '\n' ? "the line end" : Current)}`");
        }

        _commandEnd = end;
        return new SimpleCommand(Between(start, end), assignments ?? [], words, declarations ?? [], redirections ?? []);
    }

    private List<Word> ParseWords()
    {
        var words = new List<Word>();
        for (SkipBlanks(); !AtEnd && (!EndsWord(Current) || AtProcess()); SkipBlanks())
        {
            words.Add(ParseWord());
        }

        return words;
    }

    private Assignment? TryAssignment()
    {
        var start = _at;
        if (!ScanName())
        {
            return null;
        }

        var nameEnd = _behind;
        IReadOnlyList<ArithmeticPart> subscripts = [];
        if (Current == '[')
        {
            if (IsPlainPattern())
            {
                (_at, _behind) = (start, start);
                return null;
            }

            var opened = _at;
            Advance();
            subscripts = [ParseArithmetic(opened, ArithmeticForm.Subscript, quoted: false)];
        }

        var appends = Current == '+' && Next == '=';
        if (!appends && Current != '=')
        {
            if (subscripts.Count > 0)
            {
                Fail(start, "an element of an array that is not assigned to is not understood here");
            }
            else if (!Failed)
            {
                (_at, _behind) = (start, start);
            }

            return null;
        }

        var name = _text[start..nameEnd].Replace("\\\n", "", StringComparison.Ordinal);
        _ = Skip('+');
        Advance();
        if (subscripts.Count == 0 && Current == '(')
        {
            return ParseArray(start, name, appends);
        }

        var value = ParseAssigned();
        return subscripts.Count > 0
            ? new Assignment(Here(start), name, null, [value], appends, subscripts)
            : new Assignment(Here(start), name, value, [], appends, []);
    }

    private Word ParseAssigned() => EndsWord(Current) && !AtProcess() ? new Word(Between(_behind, _behind), []) : ParseWord();

    /// <summary>
    /// Whether the bracket here is part of a plain word, such as the pattern <c>l[s]</c>: nothing special in it, and nothing is assigned. What
    /// is in the brackets is looked at once here and once more as a word.
    /// </summary>
    private bool IsPlainPattern()
    {
        var at = _at + 1;
        while (at < _end && (char.IsAsciiLetterOrDigit(_text[at]) || _text[at] is '-' or '_' or '.' or ':' or '/' or ',' or '!' or '^'))
        {
            at++;
        }

        if (at >= _end || _text[at] != ']')
        {
            return false;
        }

        at = BehindContinuations(at + 1);
        var next = at < _end ? _text[at] : '\0';
        return next is not ('=' or '+' or '[');
    }

    private Assignment ParseArray(int start, string name, bool appends)
    {
        var elements = new List<Word>();
        var subscripts = new List<ArithmeticPart>();
        _inside++;
        Advance();
        for (SkipLines(); !AtEnd && Current != ')'; SkipLines())
        {
            if (EndsWord(Current) && !AtProcess())
            {
                Fail(_at, $"`{Current}` does not belong in an array");
                break;
            }

            elements.Add(ParseElement(subscripts));
        }

        if (!Skip(')') || !(AtEnd || EndsWord(Current)))
        {
            Fail(start, "an array does not end in a closing parenthesis");
        }

        LeaveInside();
        if (_inside > 0 && _text.AsSpan(start, _behind - start).Contains('\\'))
        {
            Fail(start, "bash misreads an array with escapes inside a substitution");
        }

        return new Assignment(Here(start), name, null, elements, appends, subscripts);
    }

    /// <summary><c>value</c>, <c>[subscript]=value</c> or <c>[subscript]+=value</c>.</summary>
    private Word ParseElement(List<ArithmeticPart> subscripts)
    {
        if (Current != '[' || IsPlainPattern())
        {
            return ParseWord();
        }

        var opened = _at;
        Advance();
        subscripts.Add(ParseArithmetic(opened, ArithmeticForm.Subscript, quoted: false));
        _ = Skip('+');
        if (!Skip('='))
        {
            Fail(opened, "`=` is missing behind a subscript");
        }

        return ParseAssigned();
    }
}
