namespace RunbookOperator.Risk.Syntax;

internal sealed partial class ShellParser
{
    private static readonly string[] ConditionalBinaries = ["==", "!=", "=", "=~", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef"];

    private ConditionalCommand ParseConditional(int start)
    {
        _ = TakeKeyword(Keyword.ConditionOpen);
        _inside++;
        var words = new List<Word>();
        ParseAlternatives(words);
        if (!Failed && !TakeKeyword(Keyword.ConditionClose))
        {
            Fail(start, "`]]` is missing");
        }

        LeaveInside();
        return new ConditionalCommand(Here(start), words);
    }

    /// <summary>Terms joined by <c>&amp;&amp;</c> and <c>||</c>.</summary>
    private void ParseAlternatives(List<Word> words)
    {
        if (!Enter())
        {
            return;
        }

        ParseTerm(words);
        while (!Failed && (Looking("&&") || Looking("||")))
        {
            words.Add(TakeOperator(2));
            ParseTerm(words);
        }

        Leave();
    }

    private Word TakeOperator(int length)
    {
        var start = _at;
        for (var taken = 0; taken < length; taken++)
        {
            Advance();
        }

        return new Word(Here(start), [new LiteralPart(Here(start), Quoted: false, Taken(start))]);
    }

    private void ParseTerm(List<Word> words)
    {
        SkipLines();
        while (TakeKeyword(Keyword.Not))
        {
            words.Add(new Word(Between(_behind - 1, _behind), [new LiteralPart(Between(_behind - 1, _behind), Quoted: false, "!")]));
            SkipLines();
        }

        if (Current == '(')
        {
            words.Add(TakeOperator(1));
            ParseAlternatives(words);
            if (Current == ')')
            {
                words.Add(TakeOperator(1));
            }
            else
            {
                Fail(_at, "`)` is missing in a condition");
            }
        }
        else
        {
            ParseComparison(words);
        }

        SkipLines();
    }

    private void ParseComparison(List<Word> words)
    {
        var first = ParseOperand();
        words.Add(first);
        if (IsUnary(first))
        {
            SkipBlanks();
            words.Add(ParseOperand());
            return;
        }

        SkipLines();
        if (Current is '<' or '>' && !AtProcess())
        {
            words.Add(TakeOperator(1));
        }
        else if (AtEnd || Current is ')' or '&' or '|' || PeekKeyword() == Keyword.ConditionClose)
        {
            return;
        }
        else
        {
            var at = _at;
            var operation = ParseOperand();
            if (operation.Bare is not { } bare || !ConditionalBinaries.Contains(bare))
            {
                Fail(at, "an operator is missing in a condition");
            }

            words.Add(operation);
        }

        var matches = words[^1].Bare == "=~";
        SkipBlanks();
        words.Add(matches ? ParseRegularExpression() : ParseOperand());
    }

    private static bool IsUnary(Word word) =>
        word.Bare is ['-', var letter] && "abcdefghknoprstuvwxzGLNORS".Contains(letter, StringComparison.Ordinal);

    private Word ParseOperand()
    {
        if (PeekKeyword() == Keyword.ConditionClose)
        {
            Fail(_at, "a word is missing before `]]`");
        }

        return ParseWord();
    }

    /// <summary>What stands behind <c>=~</c>: parentheses and bars belong to it, blanks only inside parentheses.</summary>
    private Word ParseRegularExpression()
    {
        var start = _at;
        var parts = new List<WordPart>();
        var open = 0;
        if (PeekKeyword() == Keyword.ConditionClose)
        {
            Fail(_at, "a pattern is missing before `]]`");
        }

        while (!AtEnd && (open > 0 || Current is not (' ' or '\t' or '\n')))
        {
            if (!EndsWord(Current))
            {
                ParseParts(parts);
                continue;
            }

            open += Current switch { '(' => 1, ')' => -1, _ => 0 };
            if (open < 0 || Current == '\n' || (open == 0 && Current is not ('|' or ')')))
            {
                Fail(_at, $"`{(Current == '\n' ? "a line end" : Current)}` in a pattern is not understood");
                break;
            }

            var at = _at;
            Advance();
            parts.Add(new LiteralPart(Here(at), Quoted: false, _text[at].ToString()));
        }

        if (open > 0 || parts.Count == 0)
        {
            Fail(start, "a pattern is not complete");
        }

        return new Word(Here(start), parts);
    }
}
