using System.Text;

namespace RunbookOperator.Risk.Tests.Differential;

/// <summary>Writes shell texts by the grammar, most of them correct, the same ones for the same seed.</summary>
internal sealed partial class ShellGenerator(int seed)
{
    // Not for secrets: the same texts every time are what is wanted.
    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();
    private readonly List<string> _hereDocuments = [];
    private int _depth;

    private static readonly string[] Literals =
    [
        "a", "kubectl", "get", "-n", "--all", "x=y", "pods", "1", "22", "a.b", "/tmp/x", "if", "done", "in", "}", "{", "time", "!", "a,b", "{a,b}", "{1..3}", "~", "*.log", "a[b]", "[a-z]*",
        "a#b", "-", "--", "é", "%s", "@", "+x", "a:b", "x^y", "]]", "esac", "[", "]", "=", "==", "a=", "?",
    ];

    private static readonly string[] Names = ["x", "y", "PATH", "_a1", "name"];

    private static readonly string[] Specials = ["@", "*", "#", "?", "$", "!", "-", "1", "0", "_"];

    private static readonly string[] Operations = [":-", "-", ":=", "=", ":+", "+", ":?", "?", "#", "##", "%", "%%", "/", "//", "/#", "/%", "^", "^^", ",", ",,"];

    private static readonly string[] Expressions =
        ["1 + 2", "x", "x++", "a[1] * 2", "x ? 1 : 2", "(1 + x) << 3", "x = 5, y = 6", "x == 1 && y != 2", "16#ff", "$x + 1", "-x", "!x", "x += ${#y}", "~3"];

    private static readonly string[] Conditions =
        ["-n {0}", "{0} == {1}", "{0} != {1}", "-f {0} && -d {1}", "! -z {0}", "( {0} = {1} || -e {0} )", "{0} =~ ^[a-z]+$", "{0} =~ (a|b)c", "{0} -eq 1", "{0} < {1}", "{0}", "{0} == *.log", "{0} == @(a|b)"];

    /// <summary>One text.</summary>
    public string Next()
    {
        _text.Clear();
        _hereDocuments.Clear();
        _depth = 0;
        List(top: true);
        EndLine();
        return _text.ToString();
    }

    /// <summary>A text with something in it taken out, put in, doubled or exchanged.</summary>
    public string Mutate(string text)
    {
        var changed = new StringBuilder(text);
        for (var count = _random.Next(1, 3); count > 0 && changed.Length > 0; count--)
        {
            var at = _random.Next(changed.Length);
            var length = Math.Min(_random.Next(1, 5), changed.Length - at);
            switch (_random.Next(4))
            {
                case 0:
                    changed.Remove(at, length);
                    break;
                case 1:
                    changed.Insert(at, changed.ToString(at, length));
                    break;
                default:
                    changed.Insert(at, Pick(Pieces));
                    break;
            }
        }

        return changed.ToString();
    }

    private static readonly string[] Pieces =
    [
        " ", "\n", "\\\n", ";", "&", "|", "&&", "||", "(", ")", "{ ", " }", "'", "\"", "`", "$", "\\", "$(", "${", "}", "$((", "))", "[[ ", " ]]", "((", "<", ">", ">>", "<<", "<<<", "<(", "#", " # ",
        "!", " ! ", "if ", "; then ", "; fi", "do ", "; done", "case ", " in ", ";; ", " esac", "x=", "a[1]=", "+=", "=(", "*", "?", "~", "2>&1", "&>", "{x}>", "$'", "$\"", "@(", "\t", "a", "1", "\\`",
        "function f ", "f() ", "time ", "coproc ", "select ", "export ", "declare -a ", "$[", "]", ":-", "/", "%", "^", ",",
    ];

    private string Pick(string[] from) => from[_random.Next(from.Length)];

    private bool Chance(int percent) => _random.Next(100) < percent;

    private ShellGenerator Write(string text)
    {
        _text.Append(text);
        return this;
    }

    private void Blank() => Write(Chance(90) ? " " : Pick(["  ", "\t", " \\\n", "\\\n "]));

    private void EndLine()
    {
        if (_hereDocuments.Count > 0)
        {
            Write("\n").Write(string.Join('\n', _hereDocuments));
            _hereDocuments.Clear();
        }
    }

    private void Separate(bool last)
    {
        if (Chance(20) || _hereDocuments.Count > 0)
        {
            EndLine();
            Write(Chance(20) ? " # a comment\n" : "\n");
        }
        else
        {
            Write(last ? Pick(["; ", ";", " ; "]) : Pick(["; ", ";", " & ", " && ", " || ", " | ", " |& ", " &&\n"]));
        }
    }

    /// <summary>Commands up to something that closes them; if not at the top, a separator stands at the end.</summary>
    private void List(bool top, bool separator = true)
    {
        for (var count = Chance(60) ? 1 : _random.Next(1, 4); count > 0; count--)
        {
            Command();
            if (count > 1)
            {
                Separate(last: false);
            }
        }

        if (!top && (separator || _hereDocuments.Count > 0))
        {
            Separate(last: true);
        }
    }

    private void Command()
    {
        _depth++;
        if (_depth > 4 || Chance(72))
        {
            Simple();
        }
        else
        {
            Compound();
            if (Chance(15))
            {
                Blank();
                Redirection();
            }
        }

        _depth--;
    }

    private void Simple()
    {
        var begun = false;
        for (; Chance(15); begun = true)
        {
            Between(begun);
            Assignment(plain: true);
        }

        if (!begun && Chance(5))
        {
            Assignment(plain: false);
            return;
        }

        if (begun && Chance(40))
        {
            return;
        }

        Between(begun);
        if (!begun && Chance(5))
        {
            Write(Pick(["export", "declare", "local", "readonly", "typeset"]));
            for (var count = _random.Next(1, 3); count > 0; count--)
            {
                Blank();
                Assignment(plain: Chance(70));
            }

            return;
        }

        Write(Pick(["a", "kubectl", "grep", "echo", "./x", "b-c", "\\ls", "'q'", "\"r\"", "t\"u\"v", "[", "test"]));
        for (var count = _random.Next(0, 4); count > 0; count--)
        {
            Blank();
            if (Chance(12))
            {
                Redirection();
            }
            else
            {
                Word();
            }
        }
    }

    private void Between(bool begun)
    {
        if (begun)
        {
            Blank();
        }
    }

    private void Assignment(bool plain)
    {
        Write(Pick(Names));
        switch (plain ? _random.Next(3, 8) : _random.Next(4))
        {
            case 3:
                Write("=");
                break;
            case 0 or 1:
                Write(Pick(["=(", "+=("]));
                for (var count = _random.Next(0, 4); count > 0; count--)
                {
                    Write(Chance(20) ? "[" + Pick(["0", "x", "x+1"]) + "]=" : "");
                    Word();
                    Write(Pick([" ", "  ", "\n"]));
                }

                Write(")");
                break;
            case 2:
                Write("[" + Pick(["0", "x", "$x", "i+1"]) + "]").Write(Pick(["=", "+="]));
                Word();
                break;
            default:
                Write(Chance(85) ? "=" : "+=");
                Word();
                break;
        }
    }

    private void Redirection()
    {
        if (_hereDocuments.Count < 2 && _depth == 1 && Chance(15))
        {
            HereDocument();
            return;
        }

        var numbered = Chance(25);
        Write(numbered ? Pick(["1", "2", "0", "{fd}"]) : "").Write(numbered ? Pick(["<", ">", ">>", ">|", "<>", "<<<", ">&"]) : Pick(["<", ">", ">>", ">|", "<>", "<<<", ">&", "&>", "&>>"]));
        Write(Chance(70) ? "" : " ");
        if (Chance(25))
        {
            Write(Pick(["1", "2", "/dev/null", "-"]));
        }
        else
        {
            Word();
        }
    }
}
