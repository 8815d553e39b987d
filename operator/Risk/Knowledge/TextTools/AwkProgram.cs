using System.Text.RegularExpressions;

namespace RunbookOperator.Risk.Knowledge.TextTools;

/// <summary>
/// Looks through a program for awk: reading and printing is fine, commands, pipes, files and the environment are not. What is not clear is
/// a problem.
/// </summary>
internal sealed partial class AwkProgram
{
    private readonly string _text;
    private int _at;
    private int _braces;
    private int _parentheses;
    private bool _afterOperand;
    private bool _divides;
    private bool _hidesOperators;
    private string? _problem;

    private AwkProgram(string text) => _text = text;

    /// <summary>What is wrong with <paramref name="text"/>, as the end of a sentence; null if it only reads and prints.</summary>
    public static string? Problem(string text)
    {
        // These two are looked for in the raw text as well, whatever the reading below makes of it.
        if (RunsCommands().IsMatch(text))
        {
            return "runs commands or reads files";
        }

        var program = new AwkProgram(text);
        program.Read();
        return program._problem ?? (program._divides && program._hidesOperators ? "cannot be read surely" : null);
    }

    [GeneratedRegex(@"(^|[^\w\\])(system|getline|ENVIRON|PROCINFO|SYMTAB|FUNCTAB|close|fflush)($|[^\w\\])|@", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex RunsCommands();

    private char Next => _at + 1 < _text.Length ? _text[_at + 1] : '\0';

    private void Read()
    {
        while (_at < _text.Length && _problem is null)
        {
            var current = _text[_at];
            if (current == '"')
            {
                SkipUntil('"');
            }
            else if (current == '/' && !_afterOperand)
            {
                SkipUntil('/');
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

    private void ReadWord()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '_'))
        {
            _at++;
        }

        _afterOperand = _text[start.._at] is not ("print" or "printf" or "return" or "in" or "case" or "do" or "else" or "exit" or "delete");
    }

    private void ReadOperator(char current)
    {
        switch (current)
        {
            case '|' when Next == '|':
                _at++;
                _afterOperand = false;
                break;
            case '|':
                _problem = "has a pipe";
                break;
            case '>' when _braces > 0 && _parentheses == 0 && Next != '=':
                _problem = "may write a file";
                break;
            case '{' or '}':
                _braces += current == '{' ? 1 : -1;
                _afterOperand = false;
                break;
            case '(' or ')':
                _parentheses += current == '(' ? 1 : -1;
                _afterOperand = current == ')';
                break;
            case '/':
                _divides = true;
                _afterOperand = false;
                break;
            case ' ' or '\t':
                break;
            default:
                _afterOperand = current is ']' or '$';
                break;
        }

        _at++;
    }

    private void SkipUntil(char close)
    {
        var start = _at++;
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
            return;
        }

        _hidesOperators |= _text.AsSpan(start + 1, _at - start - 1).IndexOfAny("|>\"/") >= 0;
        _at++;
        _afterOperand = true;
    }
}
