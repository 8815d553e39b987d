using System.Text;
using RunbookOperator.Documents.Yaml;

namespace RunbookOperator.Documents.Editing;

/// <summary>Steps that stand as a list with dashes, by lines. Blank lines and comments above a step belong to it; a comment behind a step that is
/// indented deeper than the dash belongs to that step. A step Keeps if it ends with a text that takes in the empty lines behind it.</summary>
internal sealed class BlockSteps
{
    private readonly SourceLines _lines;
    private readonly int _dash;
    private readonly List<(int Lead, int Last, bool Keeps)> _items = [];

    public BlockSteps(string source, YamlSequence steps, YamlScalar key)
    {
        _lines = new SourceLines(source);
        _dash = steps.Start.Column - 1;
        var next = _lines.LineOf(key.End) + 1;
        foreach (var item in steps.Items)
        {
            CheckDash(item, next);
            var last = Last(item);
            _items.Add((next, last, source[item.End - 1] == '\n'));
            next = last + 1;
        }

        IsIndented = _dash > key.Start.Column - 1;
    }

    /// <summary>Whether the dashes stand deeper than the key of the list.</summary>
    public bool IsIndented { get; }

    public TextEdit Remove(int index)
    {
        var (from, to) = (_items[index].Lead, _items[index].Last + 1);

        // Blank lines would come to stand below the key, or below a text that keeps the empty lines behind it and would take them in.
        while ((index == 0 || _items[index - 1].Keeps) && to < _lines.Count && _lines.Start(to) < _lines.Start(to + 1) && _lines.IsBlank(to))
        {
            to++;
        }

        return new TextEdit(_lines.Start(from), _lines.Start(to) - _lines.Start(from), string.Empty);
    }

    /// <summary>Inserts lines behind a step, or before the first for -1.</summary>
    public TextEdit Insert(int after, string source, IEnumerable<string> step)
    {
        var line = after < 0 ? _items[0].Lead : _items[after].Last + 1;
        var text = new StringBuilder();
        var isSpaced = _items.Count > 1 && _items.Skip(1).All(item => _lines.IsBlank(item.Lead));
        if (isSpaced && after >= 0 && !_items[after].Keeps)
        {
            text.Append(_lines.NewLine);
        }

        var first = true;
        foreach (var content in step)
        {
            text.Append(content.Length == 0 ? string.Empty : new string(' ', _dash) + (first ? "- " : "  ") + content).Append(_lines.NewLine);
            first = false;
        }

        if (isSpaced && after < 0)
        {
            text.Append(_lines.NewLine);
        }

        var offset = _lines.Start(line);
        return offset == source.Length && !source.EndsWith('\n')
            ? new TextEdit(offset, 0, _lines.NewLine + text.ToString()[..^_lines.NewLine.Length])
            : new TextEdit(offset, 0, text.ToString());
    }

    private void CheckDash(YamlNode item, int lead)
    {
        for (var line = _lines.LineOf(item.Start.Offset); line >= lead; line--)
        {
            var text = _lines.Line(line);
            if (text.Length > _dash && text[_dash] == '-' && text[.._dash].IsWhiteSpace() && (text.Length == _dash + 1 || text[_dash + 1] is ' ' or '\t'))
            {
                return;
            }
        }

        throw new EditException("a step does not begin on a line of its own");
    }

    private int Last(YamlNode item)
    {
        var last = _lines.LineOf(Math.Max(item.Start.Offset, item.End - 1));
        for (var line = last + 1; line < _lines.Count && (_lines.IsBlank(line) || (_lines.IsComment(line) && _lines.Indent(line) > _dash)); line++)
        {
            last = _lines.IsBlank(line) ? last : line;
        }

        return last;
    }
}
