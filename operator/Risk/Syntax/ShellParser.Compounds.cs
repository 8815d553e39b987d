namespace RunbookOperator.Risk.Syntax;

internal sealed partial class ShellParser
{
    private ShellNode ParseCommand()
    {
        var start = _at;
        if (!Enter())
        {
            return new ErrorNode(Between(start, start), "shell.unparsed", "nested too deep");
        }

        var command = TryDefinition(start);
        if (command is null)
        {
            command = TryCompound(start);
            command = command is null ? ParseSimple() : WithRedirections(start, command);
        }

        Leave();
        return command;
    }

    /// <summary>A compound command together with what follows it up to the end of the command.</summary>
    private ShellNode WithRedirections(int start, ShellNode compound)
    {
        _commandEnd = _behind;
        List<Redirection>? redirections = null;
        for (SkipBlanks(); !AtEnd && TryRedirection() is { } redirection; SkipBlanks())
        {
            (redirections ??= []).Add(redirection);
            _commandEnd = _behind;
        }

        if (!AtEnd && !EndsWord(Current))
        {
            Fail(_at, "a word stands behind a compound command");
        }

        return redirections is null ? compound : new RedirectedCommand(Between(start, _commandEnd), compound, redirections);
    }

    private ShellNode? TryCompound(int start)
    {
        if (Current == '(')
        {
            if (Next == '(')
            {
                if (_text[_at + 1] != '(')
                {
                    Fail(start, "a line continuation between parentheses is not understood");
                }

                return ParseArithmeticCommand(start);
            }

            Advance();
            var inner = ParseParenthesized(start);
            return new Grouping(Here(start), inner, InSubshell: true);
        }

        var keyword = PeekKeyword();
        switch (keyword)
        {
            case Keyword.None or Keyword.In or Keyword.Time:
                // Behind `|` bash takes `time` for a program.
                return null;
            case Keyword.BraceOpen:
                _ = TakeKeyword(keyword);
                var body = ParseBody(start, Keyword.BraceClose, "}");
                return new Grouping(Here(start), body, InSubshell: false);
            case Keyword.If:
                return ParseIf(start);
            case Keyword.While or Keyword.Until:
                _ = TakeKeyword(keyword);
                var condition = ParseBody(start, Keyword.Do, "do");
                var loop = ParseBody(start, Keyword.Done, "done");
                return new WhileCommand(Here(start), condition, loop);
            case Keyword.For or Keyword.Select:
                return ParseFor(start);
            case Keyword.Case:
                return ParseCase(start);
            case Keyword.ConditionOpen:
                return ParseConditional(start);
            default:
                Fail(start, $"`{_text[start.._peeked.Behind]}` does not belong here");
                return new ErrorNode(Here(start), "shell.unparsed", "a keyword out of place");
        }
    }

    private IfCommand ParseIf(int start)
    {
        _ = TakeKeyword(Keyword.If);
        var parts = new List<ShellList>();
        do
        {
            parts.Add(ParseBody(start, Keyword.Then, "then"));
            parts.Add(ParseBody(start, Keyword.Elif | Keyword.Else | Keyword.Fi));
        }
        while (!Failed && TakeKeyword(Keyword.Elif));
        if (!Failed && TakeKeyword(Keyword.Else))
        {
            parts.Add(ParseBody(start, Keyword.Fi));
        }

        RequireKeyword(Keyword.Fi, "fi", start);
        return new IfCommand(Here(start), parts);
    }

    private ShellNode ParseFor(int start)
    {
        var selects = TakeKeyword(Keyword.Select);
        _ = TakeKeyword(Keyword.For);
        SkipBlanks();
        if (!selects && Current == '(' && Next == '(')
        {
            return ParseArithmeticFor(start);
        }

        var name = ParseName();
        if (name.Length == 0 || !(AtEnd || EndsWord(Current)))
        {
            Fail(_at, "a loop needs the name of a variable");
        }

        SkipBlanks();
        List<Word>? words = null;
        if (Current == ';')
        {
            Advance();
        }
        else
        {
            var line = Current == '\n';
            SkipLines();
            if (line && PeekKeyword() == Keyword.In)
            {
                Fail(_at, "bash does not always take an `in` that begins a line");
            }

            if (TakeKeyword(Keyword.In))
            {
                words = ParseWords();
                RequireLoopSeparator();
            }
        }

        var body = ParseLoopBody(start);
        return selects ? new SelectCommand(Here(start), name, words, body) : new ForCommand(Here(start), name, words, body);
    }

    private void RequireLoopSeparator()
    {
        SkipBlanks();
        if (Current != '\n' && !Skip(';'))
        {
            Fail(_at, "`;` or a line end is missing behind the words of a loop");
        }
    }

    private ArithmeticForCommand ParseArithmeticFor(int start)
    {
        var opened = _at;
        Advance();
        Advance();
        var header = ParseArithmetic(opened, ArithmeticForm.LoopHeader, quoted: false);
        SkipBlanks();
        _ = Skip(';');
        var commands = ParseLoopBody(start);
        return new ArithmeticForCommand(Here(start), header, commands);
    }

    /// <summary>Reads <c>do … done</c>, or the braces that bash takes instead.</summary>
    private ShellList ParseLoopBody(int start)
    {
        SkipLines();
        if (TakeKeyword(Keyword.BraceOpen))
        {
            return ParseBody(start, Keyword.BraceClose, "}");
        }

        RequireKeyword(Keyword.Do, "do", start);
        return ParseBody(start, Keyword.Done, "done");
    }

    private CaseCommand ParseCase(int start)
    {
        _ = TakeKeyword(Keyword.Case);
        SkipBlanks();
        var subject = ParseWord();
        RequireKeyword(Keyword.In, "in", start);
        var items = new List<CaseItem>();
        for (SkipLines(); !AtEnd && PeekKeyword() != Keyword.Esac; SkipLines())
        {
            if (!ParseCaseItem(items))
            {
                break;
            }
        }

        RequireKeyword(Keyword.Esac, "esac", start);
        return new CaseCommand(Here(start), subject, items);
    }

    private bool ParseCaseItem(List<CaseItem> items)
    {
        if (!Skip('(') && PeekKeyword() != Keyword.None)
        {
            Fail(_at, "bash does not always take a keyword for a pattern");
        }

        var patterns = new List<Word>(1);
        do
        {
            SkipBlanks();
            patterns.Add(ParseWord());
            SkipBlanks();
        }
        while (Skip('|'));
        if (!Skip(')'))
        {
            Fail(_at, "`)` is missing behind a pattern of `case`");
        }

        items.Add(new CaseItem(patterns, ParseList(Keyword.Esac)));
        return !Failed && (Skip(";;&") || Skip(";;") || Skip(";&"));
    }
}
