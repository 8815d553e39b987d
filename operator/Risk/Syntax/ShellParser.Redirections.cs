namespace RunbookOperator.Risk.Syntax;

internal sealed partial class ShellParser
{
    private Redirection? TryRedirection()
    {
        var start = _at;
        string? variable = null;
        if (char.IsAsciiDigit(Current) || Current == '{')
        {
            if (!SkipDescriptor(out variable))
            {
                return null;
            }
        }
        else if (Current is not ('<' or '>' or '&'))
        {
            return null;
        }

        if (AtProcess() || (Current == '&' && (_at > start || Next != '>')))
        {
            (_at, _behind) = (start, start);
            return null;
        }

        if (Skip("<<<"))
        {
            SkipBlanks();
            var text = ParseWord();
            RequireNoDescriptor(start, text, duplicates: false);
            return new Redirection(Here(start), RedirectionKind.Text, text, variable);
        }

        if (Skip("<<"))
        {
            return ParseHereDocumentStart(start, variable);
        }

        var reads = Current == '<';
        var kind = ParseRedirectionOperator();
        if (kind == RedirectionKind.Duplicate && Current == '-' && !EndsWord(Next))
        {
            // For bash the dash belongs to the operator, and what follows is another word.
            Fail(start, "a word stands directly behind the dash of a redirection");
        }

        SkipBlanks();
        var target = ParseWord();
        RequireNoDescriptor(start, target, kind == RedirectionKind.Duplicate);
        if (kind == RedirectionKind.Duplicate && !IsDescriptor(target.Literal))
        {
            kind = reads ? RedirectionKind.Read : RedirectionKind.Write;
        }

        return new Redirection(Here(start), kind, target, variable);
    }

    /// <summary>Directly before the next redirection, a number or <c>{name}</c> belongs to that one.</summary>
    private void RequireNoDescriptor(int start, Word target, bool duplicates)
    {
        if (Current is '<' or '>' && target.Bare is { } bare && (bare is ['{', .., '}'] || (!duplicates && bare.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0)))
        {
            Fail(start, "what could be a descriptor stands where a file is named");
        }
    }

    private static bool IsDescriptor(string? text)
    {
        var digits = text is [.. var number, '-'] ? number : text;
        return digits is not null && text != "" && digits.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;
    }

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

    /// <summary>Skips <c>2</c> or <c>{name}</c> if a redirection follows.</summary>
    private bool SkipDescriptor(out string? variable)
    {
        var start = _at;
        variable = null;
        if (Current == '{')
        {
            Advance();
            variable = ParseName();
            if (variable.Length > 0 && Skip('}') && Current is '<' or '>' && !AtProcess())
            {
                return true;
            }
        }
        else
        {
            while (char.IsAsciiDigit(Current))
            {
                Advance();
            }

            if (Current is '<' or '>' && !AtProcess())
            {
                return true;
            }
        }

        (_at, _behind) = (start, start);
        variable = null;
        return false;
    }
}
