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
            return new Redirection(Here(start), RedirectionKind.Text, text, variable);
        }

        if (Skip("<<"))
        {
            return ParseHereDocumentStart(start, variable);
        }

        var reads = Current == '<';
        var kind = ParseRedirectionOperator();
        SkipBlanks();
        var target = ParseWord();
        if (kind == RedirectionKind.Duplicate && !IsDescriptor(target.Literal))
        {
            kind = reads ? RedirectionKind.Read : RedirectionKind.Write;
        }

        return new Redirection(Here(start), kind, target, variable);
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
            _ = variable.Length > 0 && Skip('}');
        }
        else
        {
            while (char.IsAsciiDigit(Current))
            {
                Advance();
            }
        }

        if (Current is '<' or '>' && _at > start && _text[_behind - 1] is '}' or (>= '0' and <= '9') && !AtProcess())
        {
            return true;
        }

        (_at, _behind) = (start, start);
        variable = null;
        return false;
    }
}
