using System.Text.Json;

namespace RunbookOperator.Kubernetes;

/// <summary>Cuts JSON into parts without building them, so that one part which cannot be decoded does not take the others with it.</summary>
internal static class JsonSlices
{
    // The scanner does not recurse, so depth costs it nothing; each part is decoded later under its own, smaller limit.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 1_000_000 };

    /// <summary>The members of an object, as bytes.</summary>
    public static Dictionary<string, ReadOnlyMemory<byte>> Members(ReadOnlyMemory<byte> json)
    {
        var members = new Dictionary<string, ReadOnlyMemory<byte>>();
        var reader = new Utf8JsonReader(json.Span, Options);
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            members[name] = Value(ref reader, json);
        }

        return members;
    }

    /// <summary>The elements of an array, as bytes.</summary>
    public static List<ReadOnlyMemory<byte>> Elements(ReadOnlyMemory<byte> json)
    {
        var elements = new List<ReadOnlyMemory<byte>>();
        var reader = new Utf8JsonReader(json.Span, Options);
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return elements;
        }

        while (true)
        {
            var (start, ended) = Next(ref reader);
            if (ended)
            {
                return elements;
            }

            reader.Skip();
            elements.Add(json[(int)start..(int)reader.BytesConsumed]);
        }
    }

    private static (long Start, bool Ended) Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        return (reader.TokenStartIndex, reader.TokenType == JsonTokenType.EndArray);
    }

    private static ReadOnlyMemory<byte> Value(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed];
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
        {
            throw new JsonException($"Expected {type}, found {reader.TokenType}.");
        }
    }
}
