using System.Text;

namespace RunbookOperator.Risk.Tests.Differential;

internal sealed partial class ShellGenerator
{
    private void HereDocument()
    {
        var strips = Chance(30);
        var delimiter = Pick(["E", "EOF", "X1"]);
        var quoted = Chance(40);
        Write(strips ? "<<-" : "<<").Write(quoted ? Pick(["'" + delimiter + "'", "\"" + delimiter + "\"", "\\" + delimiter]) : delimiter);
        var body = new StringBuilder();
        for (var lines = _random.Next(0, 3); lines > 0; lines--)
        {
            body.Append(strips ? "\t" : "").Append(Pick(["text\n", "a $x b\n", "$(kubectl get x)\n", "`b`\n", "\\$x \\\\\n", "it's \"q\"\n", "${x:-y}\n", "a \\\nb\n", "EO\n"]));
        }

        _hereDocuments.Add(body + (strips ? "\t" : "") + delimiter);
    }

    private void Word()
    {
        for (var parts = Chance(75) ? 1 : _random.Next(1, 4); parts > 0; parts--)
        {
            Part(quoted: false);
        }
    }

    private void Part(bool quoted)
    {
        _depth++;
        switch (_depth > 6 ? 0 : _random.Next(quoted ? 12 : 17))
        {
            case <= 5:
                Write(quoted ? Pick(["a b", "x", "'", "\\\"", "\\$", "\\a", ";", "#", "\\\n", "(", "é", "*"]) : Pick(Literals));
                break;
            case 6 or 7:
                Write("$").Write(Chance(80) ? Pick(Names) : Pick(Specials)).Write(Chance(20) ? "." : "");
                break;
            case 8 or 9:
                Braced(quoted);
                break;
            case 10:
                Substitution();
                break;
            case 11:
                Write("$((").Write(Pick(Expressions)).Write("))");
                break;
            case 12:
                Write(Pick(["'a b'", "'$x'", "''", "'\\'", "'a\nb'", "\\;", "\\ ", "\\'", "\\\\", "\\|", "$'a\\tb'", "$'\\x41\\''", "$\"t\""]));
                break;
            case 13 when _text[^1] is ' ':
                Write(Pick(["<(", ">("]));
                Inner();
                Write(")");
                break;
            case 14:
                Write(Pick(["@", "?", "*", "+"]) + "(" + Pick(["a|b", "a", "*.x|y"]) + ")");
                break;
            default:
                Write("\"");
                for (var parts = _random.Next(0, 4); parts > 0; parts--)
                {
                    Part(quoted: true);
                }

                Write("\"");
                break;
        }

        _depth--;
    }

    private void Braced(bool quoted)
    {
        Write("${");
        switch (_random.Next(8))
        {
            case 0:
                Write("#").Write(Chance(80) ? Pick(Names) : "a[@]");
                break;
            case 1:
                Write("!").Write(Pick(["x", "x*", "x@", "a[@]", "a[*]"]));
                break;
            case 2:
                Write("a[").Write(Pick(["0", "@", "*", "x", "$x", "i+1", "-1"])).Write("]");
                break;
            case 3:
                Write(Pick(Names)).Write(":").Write(Pick(["1", "1:2", " -1", "x", "x+1:y"]));
                break;
            case 4:
                Write(Pick(Names)).Write("@").Write(Pick(["Q", "E", "U", "a"]));
                break;
            default:
                Write(Pick(Names)).Write(Pick(Operations));
                for (var parts = _random.Next(0, 3); parts > 0; parts--)
                {
                    Argument(quoted);
                }

                break;
        }

        Write("}");
    }

    private void Argument(bool quoted)
    {
        if (Chance(50))
        {
            Write(Pick(["a", "a b", "*", "x/y", "\\}", "?", "-", "a,b"]));
        }
        else
        {
            Part(quoted);
        }
    }

    private void Substitution()
    {
        if (Chance(25))
        {
            Write("`").Write(Pick(["ls", "cat x | grep y", "echo $x", "echo \\$x", "a; b", "echo 'a b'", "date +%s"])).Write("`");
            return;
        }

        Write("$(").Write(Pick(["", "", "", " ", "\n"]));
        Inner();
        Write(Pick(["", "", "", " ", "\n"])).Write(")");
    }

    /// <summary>Commands inside a word: they have no here-documents.</summary>
    private void Inner()
    {
        _depth++;
        List(top: true);
        _depth--;
    }
}
