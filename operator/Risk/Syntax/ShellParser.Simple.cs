namespace RunbookOperator.Risk.Syntax;

internal sealed partial class ShellParser
{
    private static bool Declares(string? program) => program is "export" or "declare" or "typeset" or "local" or "readonly";

    private SimpleCommand ParseSimple()
    {
        var start = _at;
        var assignments = new List<Assignment>();
        var words = new List<Word>();
        var declarations = new List<Assignment>();
        var redirections = new List<Redirection>();
        var end = start;
        for (SkipBlanks(); !AtEnd; SkipBlanks())
        {
            if (TryRedirection() is { } redirection)
            {
                redirections.Add(redirection);
            }
            else if (EndsWord(Current) && !AtProcess())
            {
                break;
            }
            else if ((words.Count == 0 || Declares(words[0].Literal)) && TryAssignment() is { } assignment)
            {
                (words.Count == 0 ? assignments : declarations).Add(assignment);
            }
            else
            {
                words.Add(ParseWord());
            }

            end = _at;
        }

        if (end == start && !Failed)
        {
            Fail(start, AtEnd ? "a command is missing at the end" : $"a command is missing before `{Current}`");
        }

        return new SimpleCommand(TextSpan.FromTo(start, end), assignments, words, declarations, redirections);
    }

    private List<Word> ParseWords()
    {
        var words = new List<Word>();
        for (SkipBlanks(); !AtEnd && !EndsWord(Current); SkipBlanks())
        {
            words.Add(ParseWord());
        }

        return words;
    }

    private Assignment? TryAssignment()
    {
        var start = _at;
        var name = ParseName();
        var element = false;
        if (name.Length > 0 && Current == '[')
        {
            _at++;
            _ = ParseArithmetic("]", quoted: false);
            element = true;
        }

        var appends = Looking("+=");
        if (name.Length == 0 || (!appends && Current != '='))
        {
            // A word such as `a[0]` is left to be read as a word; what was inside the brackets is read again there.
            _at = Failed ? _at : start;
            return null;
        }

        _at += appends ? 2 : 1;
        if (Skip("("))
        {
            return ParseArray(start, name, appends);
        }

        var value = EndsWord(Current) && !AtProcess() ? new Word(new(_at, 0), []) : ParseWord();
        return element
            ? new Assignment(Here(start), name, null, [value], appends)
            : new Assignment(Here(start), name, value, [], appends);
    }

    private Assignment ParseArray(int start, string name, bool appends)
    {
        var elements = new List<Word>();
        _inside++;
        for (SkipLines(); !AtEnd && Current != ')'; SkipLines())
        {
            if (EndsWord(Current))
            {
                Fail(_at, $"`{Current}` does not belong in an array");
                break;
            }

            elements.Add(ParseWord());
        }

        if (!Skip(")") || !EndsWord(Current))
        {
            Fail(start, "an array does not end in a closing parenthesis");
        }

        LeaveInside();
        return new Assignment(Here(start), name, null, elements, appends);
    }

    private List<Redirection> ParseRedirections()
    {
        var redirections = new List<Redirection>();
        SkipBlanks();
        while (!AtEnd && TryRedirection() is { } redirection)
        {
            redirections.Add(redirection);
            SkipBlanks();
        }

        return redirections;
    }

    private Redirection? TryRedirection()
    {
        var start = _at;
        SkipDescriptor();
        if (Current is not ('<' or '>') && !Looking("&>"))
        {
            _at = start;
            return null;
        }

        if (AtProcess())
        {
            _at = start;
            return null;
        }

        if (Skip("<<<"))
        {
            SkipBlanks();
            var text = ParseWord();
            return new Redirection(Here(start), RedirectionKind.Text, text);
        }

        if (Skip("<<"))
        {
            return ParseHereDocumentStart(start);
        }

        var kind = ParseRedirectionOperator();
        SkipBlanks();
        var target = ParseWord();
        if (kind == RedirectionKind.Duplicate && target.Literal is not { } literal || kind == RedirectionKind.Duplicate && !IsDescriptor(target.Literal!))
        {
            kind = _text[start] == '<' ? RedirectionKind.Read : RedirectionKind.Write;
        }

        return new Redirection(Here(start), kind, target);
    }

    private static bool IsDescriptor(string text) => text == "-" || (text.Length > 0 && text.TrimEnd('-').All(char.IsAsciiDigit) && text != "--");

    private RedirectionKind ParseRedirectionOperator()
    {
        if (Skip("&>>") || Skip(">>"))
        {
            return RedirectionKind.Append;
        }

        if (Skip(">&") || Skip("<&"))
        {
            return RedirectionKind.Duplicate;
        }

        if (Skip("<>"))
        {
            return RedirectionKind.ReadWrite;
        }

        if (Skip("<"))
        {
            return RedirectionKind.Read;
        }

        _ = Skip("&>") || Skip(">|") || Skip(">");
        return RedirectionKind.Write;
    }

    /// <summary>Skips <c>2</c> or <c>{name}</c> before a redirection; moves also if none follows.</summary>
    private void SkipDescriptor()
    {
        var at = _at;
        while (char.IsAsciiDigit(Current))
        {
            _at++;
        }

        if (_at == at && Current == '{')
        {
            _at++;
            var name = ParseName();
            if (name.Length == 0 || !Skip("}"))
            {
                _at = at;
            }
        }
    }
}
