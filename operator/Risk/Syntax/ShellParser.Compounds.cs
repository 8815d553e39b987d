namespace RunbookOperator.Risk.Syntax;

internal sealed partial class ShellParser
{
    private ShellNode ParseCommand()
    {
        var start = _at;
        if (!Enter())
        {
            return new ErrorNode(new(start, 0), "shell.unparsed", "nested too deep");
        }

        var compound = ParseCompound();
        if (compound is null)
        {
            compound = ParseSimple();
        }
        else if (compound is not FunctionDefinition)
        {
            var redirections = ParseRedirections();
            SkipBlanks();
            if (!AtEnd && !EndsWord(Current))
            {
                Fail(_at, "a word stands behind a compound command");
            }

            if (redirections.Count > 0)
            {
                compound = new RedirectedCommand(TextSpan.FromTo(start, _at), compound, redirections);
            }
        }

        Leave();
        return compound;
    }

    private ShellNode? ParseCompound()
    {
        var start = _at;
        if (Looking("(("))
        {
            return ParseArithmeticCommand(start);
        }

        if (Skip("("))
        {
            var inner = ParseBody(start, static _ => false, ")");
            return new Grouping(Here(start), inner, InSubshell: true);
        }

        switch (PeekKeyword())
        {
            case "{":
                _at++;
                var body = ParseBody(start, static word => word == "}", "}");
                return new Grouping(Here(start), body, InSubshell: false);
            case "if":
                return ParseIf(start);
            case "while" or "until":
                _at += 5;
                var condition = ParseBody(start, static word => word == "do", "do");
                var loop = ParseBody(start, static word => word == "done", "done");
                return new WhileCommand(Here(start), condition, loop);
            case "for":
                return ParseFor(start);
            case "case":
                return ParseCase(start);
            case "[[":
                return ParseConditional(start);
            case "function":
                return ParseFunctionKeyword(start);
            case "select" or "coproc" or "then" or "else" or "elif" or "fi" or "do" or "done" or "esac" or "in" or "}" or "]]":
                Fail(start, $"`{PeekKeyword()}` does not belong here");
                return new ErrorNode(Here(start), "shell.unparsed", "a keyword out of place");
            default:
                return TryFunction(start);
        }
    }

    private TextSpan Here(int start) => TextSpan.FromTo(start, _at);

    /// <summary>Reads a list that must not be empty, and what closes it.</summary>
    private ShellList ParseBody(int opened, Func<string, bool> ends, string closing)
    {
        var list = ParseList(ends);
        if (Failed)
        {
            return list;
        }

        if (list.Items.Count == 0)
        {
            Fail(opened, $"there is no command before `{closing}`");
        }
        else if (closing == ")" ? !Skip(")") : !TakeKeyword(closing))
        {
            Fail(opened, $"`{closing}` is missing");
        }

        return list;
    }

    private IfCommand ParseIf(int start)
    {
        _at += 2;
        var parts = new List<ShellList>();
        bool more;
        do
        {
            parts.Add(ParseBody(start, static word => word == "then", "then"));
            parts.Add(ParseList(static word => word is "elif" or "else" or "fi"));
            more = TakeKeyword("elif");
        }
        while (more && !Failed);
        if (TakeKeyword("else"))
        {
            parts.Add(ParseList(static word => word == "fi"));
        }

        RequireKeyword("fi", start);
        return new IfCommand(Here(start), parts);
    }

    private ShellNode ParseFor(int start)
    {
        _at += PeekKeyword()!.Length;
        SkipBlanks();
        if (Looking("(("))
        {
            var header = ParseArithmeticCommand(_at).Expression;
            SkipBlanks();
            _ = Skip(";");
            var commands = ParseDoGroup(start);
            return new ArithmeticForCommand(Here(start), header, commands);
        }

        var name = ParseName();
        if (name.Length == 0)
        {
            Fail(_at, "`for` needs a name");
        }

        SkipLines();
        List<Word>? words = null;
        if (TakeKeyword("in"))
        {
            words = ParseWords();
        }

        SkipBlanks();
        _ = Skip(";");
        var body = ParseDoGroup(start);
        return new ForCommand(Here(start), name, words, body);
    }

    private ShellList ParseDoGroup(int start)
    {
        RequireKeyword("do", start);
        return ParseBody(start, static word => word == "done", "done");
    }

    private CaseCommand ParseCase(int start)
    {
        _at += 4;
        SkipBlanks();
        var subject = ParseWord();
        SkipLines();
        RequireKeyword("in", start);
        var items = new List<CaseItem>();
        for (SkipLines(); !AtEnd && PeekKeyword() != "esac"; SkipLines())
        {
            _ = Skip("(");
            var patterns = new List<Word>();
            do
            {
                SkipBlanks();
                patterns.Add(ParseWord());
                SkipBlanks();
            }
            while (Skip("|"));
            if (!Skip(")"))
            {
                Fail(_at, "`)` is missing behind a pattern of `case`");
            }

            items.Add(new CaseItem(patterns, ParseList(static word => word == "esac")));
            _ = Skip(";;&") || Skip(";;") || Skip(";&");
        }

        RequireKeyword("esac", start);
        return new CaseCommand(Here(start), subject, items);
    }

    private ConditionalCommand ParseConditional(int start)
    {
        _at += 2;
        _inside++;
        var words = new List<Word>();
        for (SkipLines(); !AtEnd && PeekKeyword() != "]]"; SkipLines())
        {
            words.Add(ParseConditionalWord(afterMatch: words is [.., { Bare: "=~" }]));
        }

        if (!TakeKeyword("]]"))
        {
            Fail(start, "`]]` is missing");
        }

        LeaveInside();
        return new ConditionalCommand(Here(start), words);
    }
}
