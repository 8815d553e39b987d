namespace RunbookOperator.Risk.Syntax;

/// <summary>
/// Reads the POSIX shell and the bash that people write in runbooks into a tree. Never throws and never guesses: at the first thing it does
/// not understand it stops, and the tree ends with an <see cref="ErrorNode"/>. One pass, so time is linear in the length.
/// </summary>
internal sealed partial class ShellParser
{
    /// <summary>How deep commands, substitutions and expansions may be nested.</summary>
    public const int MaximumDepth = 100;

    private readonly string _text;
    private readonly List<PendingHereDocument> _hereDocuments = [];
    private int _at;
    private int _end;
    private int _depth;
    private int _inside;
    private ErrorNode? _error;

    private ShellParser(string text)
    {
        _text = text;
        _end = text.Length;
    }

    /// <summary>The tree of <paramref name="text"/>.</summary>
    public static ShellList Parse(string text)
    {
        var parser = new ShellParser(text);
        var list = parser.ParseList(static _ => false);
        if (parser._error is null && parser._at < text.Length)
        {
            parser.Fail(parser._at, $"`{parser.Current}` has nothing to close");
        }

        parser.RequireHereDocuments();
        var items = parser._error is { } error ? [.. list.Items, new ListItem(error, Unconditional: true)] : list.Items;
        return new ShellList(new TextSpan(0, text.Length), items);
    }

    private char Current => _at < _end ? _text[_at] : '\0';

    private bool AtEnd => _at >= _end;

    private char Peek(int ahead) => _at + ahead < _end ? _text[_at + ahead] : '\0';

    private bool Looking(string at) => _end - _at >= at.Length && _text.AsSpan(_at, at.Length).SequenceEqual(at);

    private bool Skip(string text)
    {
        if (!Looking(text))
        {
            return false;
        }

        _at += text.Length;
        return true;
    }

    private bool Failed => _error is not null;

    /// <summary>Stops all reading: every loop ends at the end of the text.</summary>
    private void Fail(int at, string message, string rule = "shell.unparsed")
    {
        _error ??= new ErrorNode(TextSpan.FromTo(Math.Min(at, _text.Length), _text.Length), rule, message);
        _at = _end;
    }

    private bool Enter()
    {
        if (_depth >= MaximumDepth)
        {
            Fail(_at, $"it is nested deeper than {MaximumDepth} levels");
            return false;
        }

        _depth++;
        return true;
    }

    private void Leave() => _depth--;

    /// <summary>Skips blanks, line continuations and, where a word could begin, a comment.</summary>
    private void SkipBlanks()
    {
        while (!AtEnd)
        {
            if (Current is ' ' or '\t')
            {
                _at++;
            }
            else if (Current == '\\' && Peek(1) == '\n')
            {
                _at += 2;
            }
            else if (Current == '#' && BeginsToken())
            {
                _at = IndexOf('\n');
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Whether a comment can begin here. Behind <c>)</c> shells differ in corner cases, so there it cannot.</summary>
    private bool BeginsToken() => _at == 0 || _text[_at - 1] is ' ' or '\t' or '\n' or ';' or '&' or '|' or '(';

    private void SkipLines()
    {
        SkipBlanks();
        while (Current == '\n')
        {
            EndLine();
            SkipBlanks();
        }
    }

    private int IndexOf(char wanted)
    {
        var found = _text.AsSpan(_at, _end - _at).IndexOf(wanted);
        return found < 0 ? _end : _at + found;
    }
}
