namespace RunbookOperator.Documents.Editing;

/// <summary>A text by lines, which are counted from 0.</summary>
internal sealed class SourceLines
{
    private readonly string _text;
    private readonly List<int> _starts = [0];

    public SourceLines(string text)
    {
        _text = text;
        for (var i = text.IndexOf('\n', StringComparison.Ordinal); i >= 0; i = text.IndexOf('\n', i + 1))
        {
            _starts.Add(i + 1);
        }

        NewLine = _starts.Count > 1 && text[..(_starts[1] - 1)].EndsWith('\r') ? "\r\n" : "\n";
    }

    /// <summary>How the text ends its lines.</summary>
    public string NewLine { get; }

    public int Count => _starts.Count;

    /// <summary>Where a line starts; for a line behind the last, where the text ends.</summary>
    public int Start(int line) => line < _starts.Count ? _starts[line] : _text.Length;

    public int LineOf(int offset)
    {
        var index = _starts.BinarySearch(offset);
        return index >= 0 ? index : ~index - 1;
    }

    public int ColumnOf(int offset) => offset - _starts[LineOf(offset)];

    public ReadOnlySpan<char> Line(int line) => _text.AsSpan()[Start(line)..Start(line + 1)].TrimEnd("\r\n");

    public bool IsBlank(int line) => Line(line).IsWhiteSpace();

    public bool IsComment(int line) => Line(line).TrimStart(' ').StartsWith('#');

    public int Indent(int line) => Line(line).Length - Line(line).TrimStart(' ').Length;

    /// <summary>Whether nothing but blanks stands before an offset in its line.</summary>
    public bool StartsLine(int offset) => _text.AsSpan()[Start(LineOf(offset))..offset].IsWhiteSpace();

    /// <summary>Whether nothing but blanks and a comment stands between an offset and the end of its line.</summary>
    public bool EndsLine(int offset)
    {
        var rest = _text.AsSpan()[offset..Start(LineOf(offset) + 1)].Trim();
        return rest.IsEmpty || rest[0] == '#';
    }
}
