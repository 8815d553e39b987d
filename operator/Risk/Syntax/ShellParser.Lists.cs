namespace RunbookOperator.Risk.Syntax;

internal sealed partial class ShellParser
{
    /// <summary>Reads commands until the end, <c>)</c>, <c>;;</c> or a keyword that <paramref name="ends"/>.</summary>
    private ShellList ParseList(Func<string, bool> ends)
    {
        var start = _at;
        var items = new List<ListItem>();
        if (!Enter())
        {
            return new ShellList(new(start, 0), items);
        }

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

        Leave();
        return new ShellList(TextSpan.FromTo(start, _at), items);
    }

    private bool AtListEnd(Func<string, bool> ends) => Current == ')' || Looking(";;") || Looking(";&") || (PeekKeyword() is { } word && ends(word));

    private (bool Joins, bool Background) ParseSeparator()
    {
        if (Skip("&&") || Skip("||"))
        {
            return (true, false);
        }

        if (Looking(";;") || Looking(";&") || AtEnd || Current == ')')
        {
            return (false, false);
        }

        switch (Current)
        {
            case ';':
                _at++;
                SkipBlanks();
                if (Current is ';' or '&' or '|')
                {
                    Fail(_at, $"`{Current}` has no command before it");
                }

                return (false, false);
            case '\n':
                return (false, false);
            case '&':
                _at++;
                return (false, true);
            default:
                Fail(_at, $"`{Current}` does not belong here");
                return (false, false);
        }
    }

    private ShellNode ParsePipeline()
    {
        var start = _at;
        var negated = false;
        while (PeekKeyword() is "!" or "time")
        {
            var word = PeekKeyword()!;
            _at += word.Length;
            negated = true;
            SkipBlanks();
            if (word == "time" && Looking("-p") && EndsWord(Peek(2)))
            {
                _at += 2;
                SkipBlanks();
            }
        }

        var commands = new List<ShellNode> { ParseCommand() };
        SkipBlanks();
        while (!AtEnd && Current == '|' && Peek(1) != '|')
        {
            _at += Peek(1) == '&' ? 2 : 1;
            SkipLines();
            if (AtEnd && !Failed)
            {
                Fail(_at, "a command is missing behind `|`");
            }

            commands.Add(ParseCommand());
            SkipBlanks();
        }

        return commands.Count == 1 && !negated ? commands[0] : new Pipeline(TextSpan.FromTo(start, _at), commands);
    }

    /// <summary>The bare word here if it could be a keyword; does not move.</summary>
    private string? PeekKeyword()
    {
        var length = 0;
        while (char.IsAsciiLetterLower(Peek(length)) || Peek(length) is '!' or '{' or '}' or '[' or ']')
        {
            length++;
        }

        return length is > 0 and <= 8 && EndsWord(Peek(length)) ? _text.Substring(_at, length) : null;
    }

    private static bool EndsWord(char value) => value is '\0' or ' ' or '\t' or '\n' or ';' or '&' or '|' or '<' or '>' or '(' or ')';

    private bool TakeKeyword(string keyword)
    {
        if (PeekKeyword() != keyword)
        {
            return false;
        }

        _at += keyword.Length;
        return true;
    }

    private void RequireKeyword(string keyword, int opened)
    {
        SkipLines();
        if (!TakeKeyword(keyword))
        {
            Fail(opened, $"`{keyword}` is missing");
        }
    }
}
