using System.Text.RegularExpressions;

namespace RunbookOperator.Risk.Knowledge.TextTools;

/// <summary>
/// Looks through a program for awk: reading and printing is fine, commands, pipes, files and the environment are not. What is not clear is
/// a problem. The hard part is the slash, a division or the beginning of a regex: where awks or their grammar could disagree with this reading,
/// nothing that could write may follow.
/// </summary>
internal sealed partial class AwkProgram
{
    // What a slash would be at this place.
    private enum Slash
    {
        Regex,
        Division,
        Unsure,
    }

    private static readonly string[] OwnOutputs = ["\"/dev/stderr\"", "\"/dev/stdout\""];

    private readonly string _text;
    private int _at;
    private int _braces;
    private int _parentheses;
    private Slash _slash = Slash.Regex;
    private bool _divides;
    private bool _hidesOperators;
    private string? _problem;

    private AwkProgram(string text) => _text = text;

    /// <summary>What is wrong with <paramref name="text"/>, as the end of a sentence; null if it only reads and prints.</summary>
    public static string? Problem(string text)
    {
        // These are looked for in the raw text as well, whatever the reading below makes of it.
        if (RunsCommands().IsMatch(text))
        {
            return "runs commands or reads files";
        }

        var program = new AwkProgram(text);
        program.Read();
        return program._problem ?? (program._divides && program._hidesOperators ? Unsure : null);
    }

    private const string Unsure = "cannot be read surely";

    // A number may stand right before a name (`1system(…)`), and a line may continue behind it; only `system\(` in a regex is let through.
    [GeneratedRegex(@"(^|\W|\d\w*)(system|getline|ENVIRON|PROCINFO|SYMTAB|FUNCTAB|ARGV|ARGC|close|fflush)($|[^\w\\]|\\\s|\\$)|@", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex RunsCommands();

    // Awks differ in whether a slash inside brackets ends a regex; here brackets close before it and hold none.
    [GeneratedRegex(@"^([^\[\]\\]|\\.|\[\^?([^\[\]\\]|\\.|\[:[a-z]+:\])+\])*$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PlainRegex();

    private char Next => _at + 1 < _text.Length ? _text[_at + 1] : '\0';

    private void Read()
    {
        while (_at < _text.Length && _problem is null)
        {
            var current = _text[_at];
            if (current == '"')
            {
                _ = SkipUntil('"');
            }
            else if (current == '/')
            {
                ReadSlash();
            }
            else if (char.IsAsciiLetterOrDigit(current) || current == '_')
            {
                ReadWord();
            }
            else if (current == '#')
            {
                var end = _text.IndexOf('\n', _at);
                _at = end < 0 ? _text.Length : end;
            }
            else
            {
                ReadOperator(current);
            }
        }
    }

    private void ReadSlash()
    {
        switch (_slash)
        {
            case Slash.Division:
                _divides = true;
                _slash = Slash.Regex;
                _at++;
                break;
            case Slash.Regex:
                var start = _at;
                if (!PlainRegex().IsMatch(SkipUntil('/')))
                {
                    StopReading(start);
                }

                break;
            default:
                StopReading(_at);
                break;
        }
    }

    /// <summary>From <paramref name="start"/> on the reading could be wrong, so nothing there may write, wherever it seems to stand.</summary>
    private void StopReading(int start)
    {
        if (_text.AsSpan(start).IndexOfAny('>', '|') >= 0)
        {
            _problem = Unsure;
        }

        _at = _text.Length;
    }

    private void ReadWord()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '_'))
        {
            _at++;
        }

        var word = _text[start.._at];
        _slash = word switch
        {
            "print" or "printf" or "return" or "do" or "else" or "exit" => Slash.Regex,
            "in" or "case" or "default" or "delete" or "next" or "nextfile" or "break" or "continue" or "while" or "if" or "for" or "switch"
                or "function" or "func" or "length" or "BEGIN" or "END" or "BEGINFILE" or "ENDFILE" => Slash.Unsure,
            _ when char.IsAsciiDigit(word[0]) && !word.All(char.IsAsciiDigit) => Slash.Unsure,
            _ => Slash.Division,
        };
    }

    private void ReadOperator(char current)
    {
        switch (current)
        {
            case '|' when Next == '|':
                _at++;
                _slash = Slash.Regex;
                break;
            case '|':
                _problem = "has a pipe";
                break;
            case '>' when BehindOwnOutput() is > 0 and var behind:
                _at = behind - 1;
                _slash = Slash.Regex;
                break;
            case '>' when _braces != 0 && _parentheses <= 0 && Next != '=':
                _problem = "may write a file";
                break;
            case '{' or '}':
                _braces += current == '{' ? 1 : -1;
                _slash = Slash.Regex;
                break;
            case '(' or ')':
                _parentheses += current == '(' ? 1 : -1;
                _slash = current == '(' ? Slash.Regex : Slash.Unsure;
                break;
            case '\\':
                // A line that goes on.
                _at++;
                break;
            case ' ' or '\t':
                break;
            default:
                _slash = After(current);
                break;
        }

        _at++;
    }

    /// <summary>
    /// The place behind <c>> "/dev/stderr"</c>, the program's own output, if it stands here; 0 if not. What follows must end the statement, or the name would go on.
    /// </summary>
    private int BehindOwnOutput()
    {
        var at = SkipBlanks(_at + 1);
        var target = Array.Find(OwnOutputs, one => string.CompareOrdinal(_text, at, one, 0, one.Length) == 0);
        at = SkipBlanks(at + (target?.Length ?? 0));
        return target is not null && (at >= _text.Length || _text[at] is ';' or '}' or '\n') ? at : 0;
    }

    private int SkipBlanks(int at)
    {
        while (at < _text.Length && (_text[at] is ' ' or '\t'))
        {
            at++;
        }

        return at;
    }

    private Slash After(char current) => current switch
    {
        ']' => Slash.Division,
        ';' or ',' or '!' or '~' or '&' or '?' or ':' or '=' or '*' or '%' or '^' or '<' or '>' => Slash.Regex,
        '\n' when _parentheses == 0 => Slash.Regex,
        _ => Slash.Unsure,
    };

    /// <summary>Goes behind the next <paramref name="close"/> and returns what stands before it.</summary>
    private string SkipUntil(char close)
    {
        var start = ++_at;
        while (_at < _text.Length && _text[_at] != close)
        {
            if (_text[_at] == '\n')
            {
                break;
            }

            _at += _text[_at] == '\\' ? 2 : 1;
        }

        if (_at >= _text.Length || _text[_at] != close)
        {
            _problem = "does not close what it opens";
            return "";
        }

        var inside = _text[start.._at];
        _hidesOperators |= inside.AsSpan().IndexOfAny("|>\"/") >= 0;
        _at++;
        _slash = Slash.Unsure;
        return inside;
    }
}
