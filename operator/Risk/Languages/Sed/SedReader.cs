namespace RunbookOperator.Risk.Languages.Sed;

/// <summary>What a script for sed does. <paramref name="DeletesAll"/>: it drops every line, so that in place nothing remains.</summary>
internal sealed record SedScript(IReadOnlyList<CodeFinding> Findings, bool DeletesAll);

/// <summary>Reads a script for sed: GNU's commands, where GNU, BSD and busybox agree on what is a command and what is text.</summary>
internal sealed class SedReader
{
    private readonly string _text;
    private readonly CodeFindings _findings = new();
    private int _at;
    private int _braces;
    private bool _deletesAll;
    private bool _stopped;

    private SedReader(string text) => _text = text;

    /// <summary>Reads <paramref name="text"/>; several <c>-e</c> are given as lines of one text.</summary>
    public static SedScript Read(string text)
    {
        var reader = new SedReader(text);
        if (CodeFindings.HoldsValue(text))
        {
            reader.Stop(0);
        }

        while (!reader._stopped && reader._at < text.Length)
        {
            reader.ReadCommand();
        }

        if (reader._braces != 0)
        {
            reader.Stop(text.Length);
        }

        reader._findings.Add("sed.edit", new TextSpan(0, text.Length), text);
        return new SedScript(reader._findings.All, reader._deletesAll);
    }

    private char Current => _at < _text.Length ? _text[_at] : '\0';

    private void ReadCommand()
    {
        SkipWhile(c => char.IsWhiteSpace(c) || c == ';');
        if (_at >= _text.Length)
        {
            return;
        }

        var start = _at;
        ReadAddresses();
        if (_stopped)
        {
            return;
        }

        var addressed = _at > start;
        SkipWhile(c => c is ' ' or '\t' or '!');
        var command = Current;
        _at++;
        switch (command)
        {
            case '#':
                SkipLine();
                break;
            case '{':
                _braces++;
                break;
            case '}':
                _braces--;
                break;
            case 's':
                ReadSubstitution(start);
                break;
            case 'y':
                _ = ReadDelimited(regex: false) && ReadSecond();
                break;
            case 'a' or 'i' or 'c':
                SkipText();
                break;
            case ':' or 'b' or 't' or 'T' or 'v':
                SkipWhile(c => c is not ('\n' or ';' or '}'));
                break;
            case 'r' or 'R' or 'w' or 'W':
                ReadFile(command);
                break;
            case 'e':
                SkipLine();
                _findings.Add("sed.run", TextSpan.FromTo(start, _at), _text[start.._at]);
                break;
            case 'q' or 'Q' or 'l' or 'L':
                SkipWhile(c => c is ' ' or '\t' || char.IsAsciiDigit(c));
                EndCommand(start);
                break;
            case '=' or 'd' or 'D' or 'g' or 'G' or 'h' or 'H' or 'n' or 'N' or 'p' or 'P' or 'x' or 'z' or 'F':
                _deletesAll |= command is 'd' or 'z' && _braces == 0 && (!addressed || _text[start..(_at - 1)].Trim() is "1,$" or "0,$");
                EndCommand(start);
                break;
            default:
                Stop(start);
                break;
        }
    }

    private void ReadAddresses()
    {
        while (!_stopped)
        {
            if (Current == '/' || Current == '\\')
            {
                _at += Current == '\\' ? 1 : 0;
                _ = ReadDelimited(regex: true);
                SkipWhile(c => c is 'I' or 'M');
            }
            else if (char.IsAsciiDigit(Current) || Current is '$' or '+' or '~')
            {
                _at++;
            }
            else if (Current == ',')
            {
                _at++;
                SkipWhile(c => c is ' ' or '\t');
            }
            else if (Current is ' ' or '\t' && NextVisible() is ',')
            {
                SkipWhile(c => c is ' ' or '\t');
            }
            else
            {
                return;
            }
        }
    }

    private char NextVisible()
    {
        var offset = _text.AsSpan(_at).IndexOfAnyExcept(' ', '\t');
        return offset < 0 ? '\0' : _text[_at + offset];
    }

    private void ReadSubstitution(int start)
    {
        if (!ReadDelimited(regex: true) || !ReadSecond())
        {
            return;
        }

        while (_at < _text.Length && Current is not ('\n' or ';' or '}' or '#'))
        {
            var flag = Current;
            _at++;
            switch (flag)
            {
                case 'e':
                    _findings.Add("sed.run", TextSpan.FromTo(start, _at), _text[start.._at]);
                    break;
                case 'w':
                    ReadFile('w');
                    return;
                case 'g' or 'p' or 'i' or 'I' or 'm' or 'M' or ' ' or '\t' or (>= '0' and <= '9'):
                    break;
                default:
                    Stop(start);
                    return;
            }
        }
    }

    private char _delimiter;

    /// <summary>Reads what stands between the delimiter here and its next one.</summary>
    private bool ReadDelimited(bool regex)
    {
        _delimiter = Current;
        if (_at >= _text.Length || _delimiter is '\n' or '\\')
        {
            Stop(_at);
            return false;
        }

        _at++;
        return ReadToDelimiter(regex);
    }

    private bool ReadSecond() => ReadToDelimiter(regex: false);

    private bool ReadToDelimiter(bool regex)
    {
        var start = _at;
        var bracket = -1;
        while (_at < _text.Length)
        {
            var c = Current;
            if (c == _delimiter)
            {
                if (bracket >= 0)
                {
                    break;
                }

                _at++;
                return true;
            }

            if (c == '\\' && bracket < 0)
            {
                _at += 2;
                continue;
            }

            if (c == '\n' && regex)
            {
                break;
            }

            bracket = regex ? Bracket(bracket) : -1;
            _at++;
        }

        Stop(start);
        return false;
    }

    /// <summary>Where the bracket expression that holds the next character began, or -1; goes behind a class such as <c>[:digit:]</c>.</summary>
    private int Bracket(int bracket)
    {
        var c = Current;
        if (bracket < 0)
        {
            return c == '[' ? _at : -1;
        }

        if (c == '[' && _at + 1 < _text.Length && _text[_at + 1] is ':' or '.' or '=')
        {
            var end = _text.IndexOf(_text[_at + 1] + "]", _at + 2, StringComparison.Ordinal);
            if (end > 0 && end - _at <= LongestClass)
            {
                _at = end + 1;
            }

            return bracket;
        }

        // A closing bracket that comes first, or behind `^`, is an ordinary character.
        var first = _at == bracket + 1 || (_at == bracket + 2 && _text[bracket + 1] == '^');
        return c == ']' && !first ? -1 : bracket;
    }

    private const int LongestClass = 16;

    private void ReadFile(char command)
    {
        SkipWhile(c => c is ' ' or '\t');
        var start = _at;
        SkipWhile(c => c != '\n');
        var path = _text[start.._at];
        var span = TextSpan.FromTo(start, _at);
        if (path.Length == 0)
        {
            Stop(start);
        }
        else if (command is 'r' or 'R')
        {
            _findings.Reads(span, path);
        }
        else
        {
            _findings.Writes(span, path);
        }
    }

    // Text goes on behind a line that ends in a backslash.
    private void SkipText()
    {
        while (_at < _text.Length && Current != '\n')
        {
            _at += Current == '\\' ? 2 : 1;
        }
    }

    private void EndCommand(int start)
    {
        SkipWhile(c => c is ' ' or '\t');
        if (_at < _text.Length && Current is not ('\n' or ';' or '}' or '#'))
        {
            Stop(start);
        }
    }

    private void SkipLine() => SkipWhile(c => c != '\n');

    private void SkipWhile(Func<char, bool> holds)
    {
        while (_at < _text.Length && holds(_text[_at]))
        {
            _at++;
        }
    }

    private void Stop(int start)
    {
        if (!_stopped)
        {
            start = Math.Min(start, _text.Length);
            _findings.Add("sed.unreadable", TextSpan.FromTo(start, _text.Length), _text[start..]);
            _stopped = true;
        }
    }
}
