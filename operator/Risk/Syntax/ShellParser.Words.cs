using System.Buffers;

namespace RunbookOperator.Risk.Syntax;

internal sealed partial class ShellParser
{
    /// <summary>What stands for itself outside quotes.</summary>
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./:=,@%+*?!#[]{}~^");

    private bool AtProcess() => Current is '<' or '>' && Next == '(';

    private Word ParseWord()
    {
        var start = _at;
        if (TryPlainWord() is { } plain)
        {
            return plain;
        }

        var parts = new List<WordPart>(2);
        while (!AtEnd && (!EndsWord(Current) || AtProcess()))
        {
            ParseParts(parts);
        }

        if (_at == start)
        {
            Fail(_at, AtEnd ? "a word is missing at the end" : $"a word is missing before `{(Current == '\n' ? "the line end" : Current)}`");
        }

        return new Word(Here(start), parts);
    }

    /// <summary>Most words have nothing special in them.</summary>
    private Word? TryPlainWord()
    {
        var rest = _text.AsSpan(_at, _end - _at);
        var length = rest.IndexOfAnyExcept(Plain);
        length = length < 0 ? rest.Length : length;
        if (length == 0 || (length < rest.Length && (!EndsWord(rest[length]) || rest[length] is '(' or '<' or '>')))
        {
            return null;
        }

        var start = _at;
        MoveTo(_at + length);
        var span = Here(start);
        return new Word(span, [new LiteralPart(span, Quoted: false, rest[..length].ToString())]);
    }

    /// <summary>Reads plain text, or one quoted or expanded part; where neither is, fails.</summary>
    private void ParseParts(List<WordPart> parts)
    {
        var start = _at;
        while (!AtEnd && !BeginsExpansion(quoted: false) && (!EndsWord(Current) || AtPattern()))
        {
            if (Current == '(')
            {
                ParsePattern(parts, start);
                return;
            }

            if (Current is '\'' or '"' or '\\' || (Current == '$' && Next is '\'' or '"'))
            {
                break;
            }

            if (!char.IsAscii(Current))
            {
                Fail(_at, $"`{Current}` outside quotes is not what it looks like", "text.look-alike");
                return;
            }

            _literal.Append(Current);
            Advance();
        }

        Flush(parts, start, quoted: false);
        if (_at > start || AtEnd)
        {
            return;
        }

        if (BeginsExpansion(quoted: false))
        {
            TakeExpansion(parts, quoted: false);
        }
        else
        {
            ParseQuoted(parts);
        }
    }

    private void Flush(List<WordPart> parts, int from, bool quoted)
    {
        if (_literal.Length > 0)
        {
            parts.Add(new LiteralPart(Here(from), quoted, _literal.ToString()));
            _literal.Clear();
        }
    }

    /// <summary>Whether <c>(</c> here belongs to a pattern such as <c>@(a|b)</c>, of which the first character has been read.</summary>
    private bool AtPattern() => Current == '(' && _literal.Length > 0 && _literal[^1] is '?' or '*' or '+' or '@' or '!';

    private void ParsePattern(List<WordPart> parts, int start)
    {
        var kind = _literal[^1];
        var from = _behind - 1;
        _literal.Length--;
        if (_literal.Length > 0)
        {
            parts.Add(new LiteralPart(Between(start, from), Quoted: false, _literal.ToString()));
            _literal.Clear();
        }

        if (!Enter())
        {
            return;
        }

        Advance();
        _inside++;
        var inner = new List<WordPart>();
        while (!AtEnd && Current != ')')
        {
            if (EndsWord(Current) && !AtProcess())
            {
                ParsePatternSeparator(inner);
            }
            else
            {
                ParseParts(inner);
            }
        }

        if (!Skip(')'))
        {
            Fail(from, "a pattern is not closed");
        }

        LeaveInside();
        Leave();
        parts.Add(new PatternPart(Here(from), kind, inner));
    }

    private void ParsePatternSeparator(List<WordPart> inner)
    {
        if (Current is not ('|' or ' ' or '\t'))
        {
            Fail(_at, $"`{(Current == '\n' ? "a line end" : Current)}` in a pattern is not understood");
            return;
        }

        var at = _at;
        Advance();
        inner.Add(new LiteralPart(Here(at), Quoted: false, _text[at].ToString()));
    }
}
