namespace RunbookOperator.Risk.Tests.Differential;

internal sealed partial class ShellGenerator
{
    private void Compound()
    {
        switch (_random.Next(13))
        {
            case 0:
                Write("(");
                List(top: false, separator: false);
                Write(")");
                break;
            case 1:
                Write("{ ");
                List(top: false);
                Write("}");
                break;
            case 2:
                If();
                break;
            case 3:
                Write(Pick(["while ", "until "]));
                List(top: false);
                Loop();
                break;
            case 4 or 5:
                Write(Pick(["for ", "for ", "select "])).Write(Pick(Names));
                Items();
                Loop();
                break;
            case 6:
                Write("for ((").Write(Pick(["i=0; i<3; i++", ";;", "i=$x;i<y;i+=2"])).Write(Pick([")); ", "));", "))\n"]));
                Loop();
                break;
            case 7:
                Case();
                break;
            case 8:
                Write("[[ ").Write(string.Format(Pick(Conditions), Operand(), Operand())).Write(" ]]");
                break;
            case 9:
                Write("((").Write(Pick(Expressions)).Write("))");
                break;
            case 10:
                Write(Pick(["f() ", "f () ", "function f ", "function f() ", "f()\n"])).Write("{ ");
                List(top: false);
                Write("}");
                break;
            case 11:
                Write(Pick(["! ", "time ", "time -p "]));
                Simple();
                break;
            default:
                Write("coproc ").Write(Chance(50) ? "N " : "").Write("{ ");
                List(top: false);
                Write("}");
                break;
        }
    }

    private string Operand()
    {
        var begun = _text.Length;
        Word();
        var operand = _text.ToString(begun, _text.Length - begun);
        _text.Length = begun;
        return operand;
    }

    private void If()
    {
        Write("if ");
        List(top: false);
        Write("then ");
        List(top: false);
        if (Chance(30))
        {
            Write("elif ");
            List(top: false);
            Write("then ");
            List(top: false);
        }

        if (Chance(30))
        {
            Write("else ");
            List(top: false);
        }

        Write("fi");
    }

    private void Items()
    {
        if (Chance(10))
        {
            Write(Pick(["; ", "\n", " "]));
            return;
        }

        Write(" in");
        for (var count = _random.Next(0, 4); count > 0; count--)
        {
            Write(" ");
            Word();
        }

        Write(Pick(["; ", "\n", " ;\n"]));
    }

    private void Loop()
    {
        Write(Pick(["do ", "do\n"]));
        List(top: false);
        Write("done");
    }

    private void Case()
    {
        Write("case ");
        Word();
        Write(Pick([" in ", " in\n", "\nin\n"]));
        for (var count = _random.Next(0, 3); count > 0; count--)
        {
            Write(Chance(30) ? "(" : "");
            Word();
            if (Chance(30))
            {
                Write(Pick(["|", " | "]));
                Word();
            }

            Write(") ");
            if (Chance(85))
            {
                List(top: true);
                EndLine();
            }

            Write(Pick([" ;;", "\n;;", ";;&", ";&"])).Write(Pick([" ", "\n"]));
        }

        Write("esac");
    }
}
