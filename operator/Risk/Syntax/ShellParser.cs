using System.Text;

namespace RunbookOperator.Risk.Syntax;

/// <summary>
/// Reads the POSIX shell and the bash that people write in runbooks into a tree. Never throws and never guesses: at the first thing it does
/// not understand it stops, and the tree ends with an <see cref="ErrorNode"/>. No character is read more often than it is nested, so time is
/// linear in the length.
/// </summary>
internal sealed partial class ShellParser
{
    /// <summary>How deep commands, substitutions and expansions may be nested.</summary>
    public const int MaximumDepth = 100;

    private readonly string _text;
    private readonly int[]? _origins;
    private readonly StringBuilder _literal = new();
    private List<PendingHereDocument>? _hereDocuments;

    /// <summary>The next character; never at a line continuation, except where the text is raw.</summary>
    private int _at;

    /// <summary>Behind the last character taken; before any line continuation that follows it.</summary>
    private int _behind;

    /// <summary>Where the command read last ends.</summary>
    private int _commandEnd;
    private int _end;
    private int _depth;

    /// <summary>Whether <c>time</c> stands before the command that is read next.</summary>
    private bool _timed;
    private int _inside;
    private ErrorNode? _error;

    private ShellParser(string text, int[]? origins, int depth)
    {
        _text = text;
        _origins = origins;
        _end = text.Length;
        _depth = depth;
        SkipContinuations();
    }

    /// <summary>The tree of <paramref name="text"/>.</summary>
    public static ShellList Parse(string text)
    {
        var parser = new ShellParser(text, null, 0);
        if (text.Contains('\0'))
        {
            parser.Fail(0, "there is a NUL character in it");
        }

        var list = parser.ParseAll();
        IReadOnlyList<ListItem> items = parser._error is { } error ? [.. list.Items, new ListItem(error, Unconditional: true)] : list.Items;
        return new ShellList(new TextSpan(0, text.Length), items);
    }

    private ShellList ParseAll()
    {
        var list = ParseList(Keyword.None);
        if (!AtEnd)
        {
            Fail(_at, $"`{Current}` has nothing to close");
        }

        RequireHereDocuments();
        return list;
    }

    private char Current => _at < _end ? _text[_at] : '\0';

    private bool AtEnd => _at >= _end;

    private bool Failed => _error is not null;

    /// <summary>The character behind the current one, or NUL.</summary>
    private char Next
    {
        get
        {
            var at = BehindContinuations(_at + 1);
            return at < _end ? _text[at] : '\0';
        }
    }

    private int BehindContinuations(int at)
    {
        while (at + 1 < _end && _text[at] == '\\' && _text[at + 1] == '\n')
        {
            at += 2;
        }

        return at;
    }

    private void SkipContinuations() => _at = BehindContinuations(_at);

    /// <summary>Takes the current character.</summary>
    private void Advance()
    {
        if (_at >= _end)
        {
            return;
        }

        _at++;
        _behind = _at;
        if (_at < _end && _text[_at] == '\\')
        {
            SkipContinuations();
        }
    }

    /// <summary>Moves behind text that was read without regard to line continuations.</summary>
    private void MoveTo(int at)
    {
        _at = at;
        _behind = at;
        SkipContinuations();
    }

    private bool Looking(string wanted)
    {
        var at = _at;
        foreach (var c in wanted)
        {
            if (at >= _end || _text[at] != c)
            {
                return false;
            }

            at = BehindContinuations(at + 1);
        }

        return true;
    }

    private bool Skip(string wanted)
    {
        if (!Looking(wanted))
        {
            return false;
        }

        for (var taken = 0; taken < wanted.Length; taken++)
        {
            Advance();
        }

        return true;
    }

    private bool Skip(char wanted)
    {
        if (Current != wanted || AtEnd)
        {
            return false;
        }

        Advance();
        return true;
    }

    /// <summary>The text from <paramref name="start"/> to here without line continuations.</summary>
    private string Taken(int start)
    {
        var text = _text.AsSpan(start, Math.Max(0, _behind - start));
        return text.Contains('\\') ? text.ToString().Replace("\\\n", "", StringComparison.Ordinal) : text.ToString();
    }

    /// <summary>The span from <paramref name="start"/> to behind the last character taken.</summary>
    private TextSpan Here(int start) => Between(start, _behind);

    private TextSpan Between(int start, int end)
    {
        if (_origins is null)
        {
            return TextSpan.FromTo(start, end);
        }

        return TextSpan.FromTo(_origins[start], end > start ? _origins[end - 1] + 1 : _origins[start]);
    }

    /// <summary>Stops all reading: every loop ends at the end of the text.</summary>
    private void Fail(int at, string message, string rule = "shell.unparsed")
    {
        _error ??= new ErrorNode(Between(Math.Min(at, _text.Length), _text.Length), rule, message);
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

    /// <summary>Skips blanks and, since a token begins behind them, a comment.</summary>
    private void SkipBlanks()
    {
        while (Current is ' ' or '\t')
        {
            Advance();
        }

        if (Current == '#')
        {
            if (_at > 0 && _text[_at - 1] == ')')
            {
                Fail(_at, "shells differ in whether a comment can stand behind `)`");
                return;
            }

            _at = IndexOf('\n');
        }
    }

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

    private static bool EndsWord(char c) => c is ' ' or '\t' or '\n' or ';' or '&' or '|' or '<' or '>' or '(' or ')' or '\0';
}
