using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace RunbookOperator.Risk.Knowledge;

/// <summary>A value of a table: a text, a list or a map.</summary>
internal sealed record TableValue(string Place, string? Text, IReadOnlyList<TableValue>? Items, IReadOnlyList<KeyValuePair<string, TableValue>>? Fields)
{
    /// <summary>An error at this place. The tables are part of the program, so it never depends on what is classified.</summary>
    public InvalidDataException Error(string message) => new($"{Place}: {message}");
}

/// <summary>Reads the YAML of the embedded tables, without reflection: that would cost more than all the judging.</summary>
internal sealed class TableYaml
{
    private readonly string _name;
    private readonly int _firstLine;
    private readonly Parser _parser;

    private TableYaml(string name, string text, int firstLine)
    {
        (_name, _firstLine) = (name, firstLine);
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>The value that <paramref name="text"/> holds; <paramref name="firstLine"/> is where it begins in its file.</summary>
    public static TableValue Read(string name, string text, int firstLine = 1)
    {
        var reader = new TableYaml(name, text, firstLine);
        while (reader.Next() is StreamStart or DocumentStart)
        {
        }

        return reader.Value(reader._parser.Current!);
    }

    private string Place() => $"{_name}:{(_parser.Current?.Start.Line ?? 1) + _firstLine - 1}";

    private ParsingEvent Next() => _parser.MoveNext() ? _parser.Current! : throw new InvalidDataException($"{_name} is empty");

    private TableValue Value(ParsingEvent current)
    {
        var place = Place();
        return current switch
        {
            Scalar scalar => new TableValue(place, scalar.Value, null, null),
            SequenceStart => new TableValue(place, null, ReadItems(), null),
            MappingStart => new TableValue(place, null, null, ReadFields()),
            _ => throw new InvalidDataException($"{place}: neither a text, a list nor a map"),
        };
    }

    private List<TableValue> ReadItems()
    {
        var items = new List<TableValue>();
        for (var current = Next(); current is not SequenceEnd; current = Next())
        {
            items.Add(Value(current));
        }

        return items;
    }

    // The parser refuses no key that stands twice; MapReader does.
    private List<KeyValuePair<string, TableValue>> ReadFields()
    {
        var fields = new List<KeyValuePair<string, TableValue>>();
        for (var current = Next(); current is not MappingEnd; current = Next())
        {
            if (current is not Scalar key)
            {
                throw new InvalidDataException($"{Place()}: a key is not plain text");
            }

            fields.Add(new(key.Value, Value(Next())));
        }

        return fields;
    }
}
