using System.Text;

namespace RunbookOperator.Risk.Knowledge;

internal sealed partial class TableYaml
{
    /// <summary>The value that stands in the rest of the line; flow values and block text may go on below.</summary>
    private TableValue Inline(int indent)
    {
        var place = Place;
        if (Current is '>' or '|')
        {
            return new TableValue(place, BlockText(indent), null, null);
        }

        var value = Current is '{' or '[' or '"' or '\'' ? Flow() : new TableValue(place, Plain(inFlow: false), null, null);
        SkipBlanks();
        if (_at < Line.Length)
        {
            throw Error($"`{Line[_at..]}` does not belong here");
        }

        NextLine();
        if (_line < _lines.Length && SkipToContent() && Indent > indent)
        {
            throw Error("text does not go on in the next line");
        }

        return value;
    }

    private TableValue Flow()
    {
        Enter();
        var place = Place;
        var value = Current switch
        {
            '{' => new TableValue(place, null, null, FlowFields()),
            '[' => new TableValue(place, null, FlowItems(), null),
            '"' or '\'' => new TableValue(place, Quoted(), null, null),
            _ => new TableValue(place, Plain(inFlow: true), null, null),
        };
        _depth--;
        return value;
    }

    private List<TableValue> FlowItems()
    {
        var items = new List<TableValue>();
        for (BeginFlow(); Current != ']'; Separate(']'))
        {
            items.Add(Flow());
        }

        _at++;
        return items;
    }

    private List<KeyValuePair<string, TableValue>> FlowFields()
    {
        var fields = new List<KeyValuePair<string, TableValue>>();
        for (BeginFlow(); Current != '}'; Separate('}'))
        {
            var key = Current is '"' or '\'' ? Quoted() : Plain(inFlow: true, isKey: true);
            SkipFlowBlanks();
            if (Current != ':')
            {
                throw Error($"`{key}` has no value");
            }

            _at++;
            SkipFlowBlanks();
            fields.Add(new(key, Flow()));
        }

        _at++;
        return fields;
    }

    private void BeginFlow()
    {
        _at++;
        SkipFlowBlanks();
    }

    private void Separate(char close)
    {
        SkipFlowBlanks();
        if (Current == ',')
        {
            BeginFlow();
        }
        else if (Current != close)
        {
            throw Error($"`,` or `{close}` is wanted");
        }
    }

    /// <summary>Skips blanks and a comment behind them.</summary>
    private void SkipBlanks()
    {
        while (Current == ' ')
        {
            _at++;
        }

        if (Current == '#' && (_at == 0 || Line[_at - 1] == ' '))
        {
            _at = Line.Length;
        }
    }

    private void SkipFlowBlanks()
    {
        SkipBlanks();
        while (_at >= Line.Length)
        {
            NextLine();
            if (_line >= _lines.Length)
            {
                throw Error("a bracket is not closed");
            }

            SkipBlanks();
        }
    }

    private string Plain(bool inFlow, bool isKey = false)
    {
        var start = _at;
        if (Current is '&' or '*' or '!' or '%' or '@' or '`' or '|' or '>' || (Current == '?' && Line.Length > _at + 1 && Line[_at + 1] == ' '))
        {
            throw Error($"text that begins with `{Current}` must be quoted");
        }

        for (; _at < Line.Length; _at++)
        {
            var endsKey = Current == ':' && (_at + 1 >= Line.Length || Line[_at + 1] is ' ' || (inFlow && Line[_at + 1] is ',' or ']' or '}'));
            if (endsKey && !isKey)
            {
                throw Error("text with a colon and a blank must be quoted");
            }

            if (endsKey || (inFlow && Current is ',' or '[' or ']' or '{' or '}') || (Current == '#' && _at > start && Line[_at - 1] == ' '))
            {
                break;
            }
        }

        return Line[start.._at].TrimEnd();
    }

    private string Quoted()
    {
        var quote = Current;
        var text = new StringBuilder();
        for (_at++; Current != quote || (quote == '\'' && _at + 1 < Line.Length && Line[_at + 1] == quote); _at++)
        {
            if (_at >= Line.Length)
            {
                throw Error("a quote is not closed in its line");
            }

            if (Current == '\'' && quote == '\'')
            {
                _at++;
            }

            text.Append(Current == '\\' && quote == '"' ? Escape() : Current);
        }

        _at++;
        return text.ToString();
    }

    private char Escape()
    {
        _at++;
        switch (Current)
        {
            case 'n':
                return '\n';
            case 't':
                return '\t';
            case '"' or '\\' or '/':
                return Current;
            case 'u' when _at + 4 < Line.Length:
                _at += 4;
                return (char)Convert.ToInt32(Line[(_at - 3)..(_at + 1)], 16);
            default:
                throw Error($"the escape `\\{Current}` is not known");
        }
    }

    /// <summary>Text in lines of its own: <c>&gt;-</c> joins them with blanks, <c>|-</c> keeps them.</summary>
    private string BlockText(int indent)
    {
        var header = Line[_at..].Trim();
        if (header is not (">-" or "|-" or "|"))
        {
            throw Error("text in lines of its own begins with `>-`, `|-` or `|`");
        }

        NextLine();
        var lines = new List<string>();
        var inner = _line < _lines.Length ? Indent : 0;
        for (; _line < _lines.Length && (Line.Length == 0 || Indent >= inner) && inner > indent; NextLine())
        {
            lines.Add(Line.Length == 0 ? "" : Line[inner..]);
        }

        while (lines is [.., ""])
        {
            lines.RemoveAt(lines.Count - 1);
        }

        if (header == ">-" && lines.Exists(line => line.Length == 0 || line[0] == ' '))
        {
            throw Error("text that is joined has no empty and no indented lines");
        }

        return string.Join(header[0] == '>' ? ' ' : '\n', lines) + (header == "|" ? "\n" : "");
    }
}
