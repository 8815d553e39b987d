using RunbookOperator.Documents.Yaml;

namespace RunbookOperator.Documents.Editing;

/// <summary>Steps that stand as a list in brackets, on one line or on many.</summary>
internal sealed class FlowSteps(string source, YamlSequence steps)
{
    private readonly SourceLines _lines = new(source);
    private readonly List<YamlNode> _items = steps.Items;

    public TextEdit Remove(int index)
    {
        var item = _items[index];
        var comma = Comma(item.End);
        var behind = comma < 0 ? item.End : comma + 1;
        if (_lines.StartsLine(item.Start.Offset) && _lines.EndsLine(behind))
        {
            return Span(_lines.Start(Lead(index)), _lines.Start(_lines.LineOf(behind) + 1));
        }

        if (index == _items.Count - 1)
        {
            var isNear = source.AsSpan()[_items[index - 1].End..item.Start.Offset].IndexOf('#') < 0;
            return isNear ? Span(_items[index - 1].End, item.End) : Span(item.Start.Offset, behind);
        }

        return Span(item.Start.Offset, _lines.LineOf(behind) == _lines.LineOf(_items[index + 1].Start.Offset) ? _items[index + 1].Start.Offset : behind);
    }

    /// <summary>Inserts a step, written on one line, behind another, or before the first for -1.</summary>
    public IEnumerable<TextEdit> Insert(int after, string step)
    {
        var first = _items[0].Start.Offset;
        var isSpread = _lines.StartsLine(first);
        var indent = isSpread ? source[_lines.Start(_lines.LineOf(first))..first] : string.Empty;
        if (after < 0)
        {
            return isSpread
                ? [new TextEdit(_lines.Start(Lead(0)), 0, indent + step + "," + _lines.NewLine)]
                : [new TextEdit(first, 0, step + ", ")];
        }

        var end = _items[after].End;
        if (!isSpread)
        {
            return [new TextEdit(end, 0, ", " + step)];
        }

        var comma = Comma(end);
        var behind = comma < 0 ? end : comma + 1;
        if (!_lines.EndsLine(behind))
        {
            return [new TextEdit(end, 0, "," + _lines.NewLine + indent + step)];
        }

        // Behind the comment of the step it follows; the comma that is missing there stands before that comment.
        var line = new TextEdit(_lines.Start(_lines.LineOf(behind) + 1), 0, indent + step + (comma < 0 ? string.Empty : ",") + _lines.NewLine);
        return comma < 0 ? [new TextEdit(end, 0, ","), line] : [line];
    }

    private static TextEdit Span(int from, int to) => new(from, to - from, string.Empty);

    private int Lead(int index)
    {
        var line = _lines.LineOf(_items[index].Start.Offset);
        var least = index == 0 ? _lines.LineOf(steps.Start.Offset) + 1 : _lines.LineOf(_items[index - 1].End) + 1;
        while (line > least && (_lines.IsBlank(line - 1) || _lines.IsComment(line - 1)))
        {
            line--;
        }

        return line;
    }

    /// <summary>Where the comma behind an item stands, or -1 if there is none before the bracket.</summary>
    private int Comma(int offset)
    {
        for (; source[offset] is not (',' or ']'); offset++)
        {
            if (source[offset] == '#')
            {
                offset = source.IndexOf('\n', offset);
            }
        }

        return source[offset] == ',' ? offset : -1;
    }
}
