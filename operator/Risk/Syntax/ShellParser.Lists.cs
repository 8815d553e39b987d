namespace RunbookOperator.Risk.Syntax;

internal sealed partial class ShellParser
{
    /// <summary>Reads commands until the end, <c>)</c>, <c>;;</c> or a keyword of <paramref name="ends"/>.</summary>
    private ShellList ParseList(Keyword ends)
    {
        var start = _at;
        var items = new List<ListItem>(2);
        if (!Enter())
        {
            return new ShellList(Between(start, start), items);
        }

        var outer = _inHereDocument;
        _inHereDocument = false;
        var conditional = false;
        for (SkipLines(); !AtEnd && !AtListEnd(ends); SkipLines())
        {
            var command = ParsePipeline();
            SkipBlanks();
            var (joins, background) = ParseSeparator();
            items.Add(new ListItem(command, !conditional && !background));
            conditional = joins;
            if (joins)
            {
                SkipLines();
                if (!Failed && (AtEnd || AtListEnd(ends)))
                {
                    Fail(_at, "a command is missing behind `&&` or `||`");
                }
            }
        }

        _inHereDocument = outer;
        Leave();
        return new ShellList(Here(start), items);
    }

    private bool AtListEnd(Keyword ends) => Current switch
    {
        ')' => true,
        ';' => Next is ';' or '&',
        _ => ends != Keyword.None && PeekIs(ends),
    };

    /// <summary>Reads a list that must not be empty, and the keyword that closes it.</summary>
    private ShellList ParseBody(int opened, Keyword closing, string name)
    {
        var list = ParseBody(opened, closing);
        if (!Failed && !TakeKeyword(closing))
        {
            Fail(opened, $"`{name}` is missing");
        }

        return list;
    }

    private ShellList ParseBody(int opened, Keyword ends)
    {
        var list = ParseList(ends);
        if (list.Items.Count == 0)
        {
            Fail(opened, "there is no command in it");
        }

        return list;
    }

    private ShellList ParseParenthesized(int opened)
    {
        var list = ParseBody(opened, Keyword.None);
        if (!Failed && !Skip(')'))
        {
            Fail(opened, "`)` is missing");
        }

        return list;
    }

    private (bool Joins, bool Background) ParseSeparator()
    {
        switch (Current)
        {
            case '&' when Next == '&':
            case '|' when Next == '|':
                Advance();
                Advance();
                return (true, false);
            case ';' when Next is not (';' or '&'):
                Advance();
                SkipBlanks();
                if ((Current == '&' && Next != '>') || Current == '|' || (Current == ';' && Next is not (';' or '&')))
                {
                    Fail(_at, $"`{Current}` has no command before it");
                }

                return (false, false);
            case '&':
                Advance();
                return (false, true);
            case ';' or '\n' or ')':
                return (false, false);
            default:
                if (!AtEnd)
                {
                    Fail(_at, $"`{Current}` does not belong here");
                }

                return (false, false);
        }
    }

    private ShellNode ParsePipeline()
    {
        var start = _at;
        var prefixed = false;
        while (PeekIs(Keyword.Not | Keyword.Time))
        {
            prefixed = true;
            if (TakeKeyword(Keyword.Not))
            {
                if (Current == '(')
                {
                    Fail(start, "`!(` could be a pattern");
                }

                SkipBlanks();
            }
            else if (TakeTime())
            {
                return new Pipeline(Here(start), []);
            }
        }

        var first = ParseCommand();
        _timed = false;
        SkipBlanks();
        if (Current != '|' || Next == '|')
        {
            return prefixed ? new Pipeline(Between(start, _commandEnd), [first]) : first;
        }

        var commands = new List<ShellNode> { first };
        while (Current == '|' && Next != '|')
        {
            Advance();
            _ = Skip('&');
            SkipLines();
            if (PeekIs(Keyword.Not))
            {
                Fail(_at, "`!` cannot stand behind `|`");
            }

            commands.Add(ParseCommand());
            SkipBlanks();
        }

        return new Pipeline(Between(start, _commandEnd), commands);
    }

    /// <summary>Takes <c>time</c> and its options; says whether it stands alone.</summary>
    private bool TakeTime()
    {
        _ = TakeKeyword(Keyword.Time);
        _timed = true;
        SkipBlanks();
        if (Looking("-p") && OptionEnds())
        {
            _ = Skip("-p");
            SkipBlanks();
        }

        if (Looking("--") && OptionEnds())
        {
            _ = Skip("--");
            SkipBlanks();
        }

        return !Failed && (AtEnd || Current == '\n' || (Current == ';' && Next is not (';' or '&')));
    }

    private bool OptionEnds()
    {
        var at = BehindContinuations(BehindContinuations(_at + 1) + 1);
        return at >= _end || EndsWord(_text[at]);
    }
}
