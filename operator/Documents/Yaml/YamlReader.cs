using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace RunbookOperator.Documents.Yaml;

/// <summary>
/// Builds trees from the parser's events and checks every bound at the event that breaks it. The event parser keeps its state on the heap and
/// reads at most one kilobyte ahead, so nesting costs nothing before it is seen here. Nothing is ever expanded: an alias is refused where it stands.
/// </summary>
internal sealed class YamlReader
{
    private readonly string _text;
    private readonly ProblemList _problems;
    private readonly Parser _parser;
    private readonly Stack<YamlBuilder> _open = new();
    private int _nodes;
    private YamlMark _last = new(1, 1, 0);

    private YamlReader(string text, ProblemList problems)
    {
        _text = text;
        _problems = problems;
        _parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
    }

    /// <summary>The documents of a text, each with whether it may be used: no error was found while it was read. What follows an error of syntax is not read.</summary>
    public static IEnumerable<(YamlDocument Document, bool IsSound)> Read(string text, ProblemList problems) => new YamlReader(text, problems).Documents();

    private IEnumerable<(YamlDocument Document, bool IsSound)> Documents()
    {
        while (Next() is { } parsed)
        {
            if (parsed is DocumentStart start)
            {
                var errors = _problems.Errors;
                CheckDirectives(start);
                if (!TryDocument(out var root))
                {
                    yield break;
                }

                yield return (new YamlDocument(root?.Start ?? Mark(start.Start), root), _problems.Errors == errors);
            }
        }
    }

    private bool TryDocument(out YamlNode? root)
    {
        root = null;
        while (Next() is { } parsed)
        {
            if (parsed is DocumentEnd)
            {
                return true;
            }

            if (parsed is NodeEvent && ++_nodes > DocumentLimits.Nodes)
            {
                _problems.Error(RuleIds.Limit, Mark(parsed.Start).Position, $"the file has more than {DocumentLimits.Nodes} keys and values");
                return false;
            }

            if (!Step(parsed, ref root))
            {
                return false;
            }
        }

        return false;
    }

    private bool Step(ParsingEvent parsed, ref YamlNode? root)
    {
        CheckFeatures(parsed);
        switch (parsed)
        {
            case AnchorAlias alias:
                Place(new YamlScalar { Start = Mark(alias.Start), Text = string.Empty, Style = YamlStyle.Plain, End = Mark(alias.End).Offset }, ref root);
                break;
            case Scalar scalar:
                Place(ToNode(scalar), ref root);
                break;
            case SequenceStart or MappingStart when _open.Count == DocumentLimits.Depth:
                _problems.Error(RuleIds.Limit, Mark(parsed.Start).Position, $"lists and mappings are nested deeper than {DocumentLimits.Depth}");
                return false;
            case SequenceStart sequence:
                _open.Push(new YamlBuilder(Mark(sequence.Start), isMapping: false, sequence.Style == SequenceStyle.Flow));
                break;
            case MappingStart mapping:
                _open.Push(new YamlBuilder(Mark(mapping.Start), isMapping: true, mapping.Style == MappingStyle.Flow));
                break;
            case SequenceEnd or MappingEnd:
                Place(_open.Pop().Build(_text, Mark(parsed.Start).Offset), ref root);
                break;
        }

        return true;
    }

    private void Place(YamlNode node, ref YamlNode? root)
    {
        if (_open.TryPeek(out var parent))
        {
            parent.Add(node, _problems);
        }
        else
        {
            root = node is YamlScalar { Style: YamlStyle.Plain, Text: "" } ? null : node;
        }
    }

    private YamlScalar ToNode(Scalar scalar)
    {
        var start = Mark(scalar.Start);
        if (YamlSource.FindForbidden(scalar.Value) is { } hidden)
        {
            _problems.Error(RuleIds.Characters, start.Position, $"the value holds the character U+{(int)hidden:X4}, which is not shown to readers");
        }

        return new YamlScalar
        {
            Start = start,
            End = EndOf(scalar, start.Offset),
            Text = scalar.Value,
            Style = scalar.Style switch
            {
                ScalarStyle.SingleQuoted => YamlStyle.SingleQuoted,
                ScalarStyle.DoubleQuoted => YamlStyle.DoubleQuoted,
                ScalarStyle.Literal => YamlStyle.Literal,
                ScalarStyle.Folded => YamlStyle.Folded,
                _ => YamlStyle.Plain,
            },
        };
    }

    // The parser ends a block scalar behind the empty lines that follow it. They are part of it only where its header says so, with a plus.
    private int EndOf(Scalar scalar, int start)
    {
        var end = Mark(scalar.End).Offset;
        if (scalar.Style is not (ScalarStyle.Literal or ScalarStyle.Folded))
        {
            return end;
        }

        var text = _text.AsSpan(start, end - start);
        var header = text.IndexOf('\n') is >= 0 and var length ? text[..length] : text;
        return header[..Math.Min(3, header.Length)].Contains('+') ? end : start + text.TrimEnd(" \t\r\n").Length;
    }

    private void CheckDirectives(DocumentStart start)
    {
        if (start.Version is not null || (start.Tags is { } tags && tags.Any(tag => (tag.Handle, tag.Prefix) is not (("!", "!") or ("!!", "tag:yaml.org,2002:")))))
        {
            _problems.Error(RuleIds.Feature, Mark(start.Start).Position, "a directive (a line that begins with %) is not read; remove it");
        }
    }

    private void CheckFeatures(ParsingEvent parsed)
    {
        var at = Mark(parsed.Start).Position;
        switch (parsed)
        {
            case AnchorAlias alias:
                _problems.Error(RuleIds.Feature, at, $"the alias *{ProblemList.Quote(alias.Value.Value).Trim('"')} is not read; write the value out");
                break;
            case NodeEvent { Anchor.IsEmpty: false } node:
                _problems.Error(RuleIds.Feature, at, $"the anchor &{ProblemList.Quote(node.Anchor.Value).Trim('"')} is not read; write the value out where it is used");
                break;
            case NodeEvent { Tag.IsEmpty: false } node:
                _problems.Error(RuleIds.Feature, at, $"the tag {ProblemList.Quote(node.Tag.Value)} is not read; write text in quotes, and anything else as it is");
                break;
        }
    }

    private ParsingEvent? Next()
    {
        try
        {
            if (!_parser.MoveNext())
            {
                return null;
            }
        }
        catch (YamlException exception)
        {
            _problems.Error(RuleIds.Syntax, Mark(exception.Start).Position, $"this is not YAML: {Sentence(exception.Message)}");
            return null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException)
        {
            // The parser leaves some malformed texts with exceptions of its own making, such as a list that the end of the file cuts off.
            _problems.Error(RuleIds.Syntax, _last.Position, "this is not YAML: what begins here is not complete");
            return null;
        }

        _last = Mark(_parser.Current!.Start);
        return _parser.Current;
    }

    private YamlMark Mark(Mark mark) => new((int)mark.Line, (int)mark.Column, (int)Math.Min(mark.Index, _text.Length));

    private static string Sentence(string message) => message.Length == 0 ? message : char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.');
}
