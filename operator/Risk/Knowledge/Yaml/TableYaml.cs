namespace RunbookOperator.Risk.Knowledge;

/// <summary>
/// Reads the YAML of the embedded tables: block maps and lists, flow maps and lists, plain, quoted, folded and literal text, comments. A general
/// reader would cost more time at the start than all the judging. What it does not know, such as anchors and plain text that goes on in the next
/// line, is an error; a test holds it against a general reader.
/// </summary>
internal sealed partial class TableYaml
{
    /// <summary>How deep values may be nested.</summary>
    public const int MaximumDepth = 32;

    private readonly string _name;
    private readonly string[] _lines;
    private readonly int _firstLine;
    private int _line;
    private int _at;
    private int _depth;

    private TableYaml(string name, string text, int firstLine) => (_name, _lines, _firstLine) = (name, text.Split('\n'), firstLine);

    /// <summary>The value that <paramref name="text"/> holds; <paramref name="firstLine"/> is where it begins in its file.</summary>
    public static TableValue Read(string name, string text, int firstLine = 1)
    {
        var reader = new TableYaml(name, text, firstLine);
        if (!reader.SkipToContent())
        {
            throw reader.Error("there is nothing here");
        }

        var value = reader.Block(reader.Indent);
        return reader.SkipToContent() ? throw reader.Error("this belongs to nothing before it") : value;
    }

    private string Line => _line < _lines.Length ? _lines[_line] : "";

    private int Indent => Line.AsSpan().IndexOfAnyExcept(' ') is var indent && indent < 0 ? 0 : indent;

    private string Place => $"{_name}:{Math.Min(_line, _lines.Length - 1) + _firstLine}";

    private char Current => _at < Line.Length ? Line[_at] : '\0';

    private InvalidDataException Error(string message) => new($"{Place}: {message}");

    /// <summary>Goes to the next line that holds more than a comment; false at the end.</summary>
    private bool SkipToContent()
    {
        for (; _line < _lines.Length; _line++)
        {
            var content = Line.AsSpan().TrimStart(' ');
            if (content.Length > 0 && content[0] != '#')
            {
                _at = Indent;
                return true;
            }
        }

        _at = 0;
        return false;
    }

    private void NextLine() => (_line, _at) = (_line + 1, 0);

    /// <summary>The value that begins in this line, at <paramref name="indent"/>.</summary>
    private TableValue Block(int indent)
    {
        Enter();
        _at = indent;
        var value = IsItem(indent) ? BlockList(indent) : KeyEnd(indent) >= 0 ? BlockMap(indent) : Inline(indent);
        _depth--;
        return value;
    }

    private void Enter()
    {
        if (++_depth > MaximumDepth)
        {
            throw Error($"it is nested deeper than {MaximumDepth} levels");
        }
    }

    private bool IsItem(int at) => at < Line.Length && Line[at] == '-' && (at + 1 == Line.Length || Line[at + 1] == ' ');

    private TableValue BlockList(int indent)
    {
        var place = Place;
        var items = new List<TableValue>();
        while (_line < _lines.Length && SkipToContent() && Indent <= indent)
        {
            // The first item of a list may stand behind the dash of another.
            if (!IsItem(indent) || (Indent < indent && items.Count > 0))
            {
                break;
            }

            var inner = indent + 1;
            while (inner < Line.Length && Line[inner] == ' ')
            {
                inner++;
            }

            items.Add(Block(inner));
        }

        return new TableValue(place, null, items, null);
    }

    private TableValue BlockMap(int indent)
    {
        var place = Place;
        var fields = new List<KeyValuePair<string, TableValue>>();
        var begins = true;
        while (begins || (SkipToContent() && Indent == indent))
        {
            begins = false;
            var end = KeyEnd(indent);
            if (end < 0)
            {
                throw Error("a key with a colon is wanted");
            }

            var key = Unquote(Line[indent..end].TrimEnd());
            _at = end + 1;
            SkipBlanks();
            fields.Add(new(key, _at < Line.Length ? Inline(indent) : Below(indent)));
        }

        return new TableValue(place, null, null, fields);
    }

    /// <summary>The value of a key that stands in the lines below it; empty if there is none.</summary>
    private TableValue Below(int indent)
    {
        var place = Place;
        NextLine();
        if (_line < _lines.Length && SkipToContent() && (Indent > indent || (Indent == indent && IsItem(indent))))
        {
            return Block(Indent);
        }

        return new TableValue(place, "", null, null);
    }

    /// <summary>Where the colon behind a key stands that begins at <paramref name="at"/>; -1 if no key begins there.</summary>
    private int KeyEnd(int at)
    {
        if (at >= Line.Length || Line[at] is '{' or '[')
        {
            return -1;
        }

        var from = Line[at] is '"' or '\'' ? Line.IndexOf(Line[at], at + 1) + 1 : at;
        for (var index = from; index < Line.Length && (index == at || Line[index] != '#' || Line[index - 1] != ' '); index++)
        {
            if (Line[index] == ':' && (index + 1 == Line.Length || Line[index + 1] == ' '))
            {
                return index;
            }
        }

        return -1;
    }

    private static string Unquote(string key) => key is ['"', .., '"'] or ['\'', .., '\''] ? key[1..^1] : key;
}
