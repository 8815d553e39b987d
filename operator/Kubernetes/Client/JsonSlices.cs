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
        var reader = OpenObject(json.Span);
        while (NextMember(ref reader))
        {
            var name = reader.GetString()!;
            members[name] = Value(ref reader, json);
        }

        return members;
    }

    /// <summary>A reader that stands at the begin of an object.</summary>
    public static Utf8JsonReader OpenObject(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        return reader.Read() && reader.TokenType == JsonTokenType.StartObject
            ? reader
            : throw new JsonException($"Expected {JsonTokenType.StartObject}, found {reader.TokenType}.");
    }

    /// <summary>Goes to the name of the next member. False at the end of the object.</summary>
    public static bool NextMember(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Goes from a member's name to the begin of its array. False for null, which is an empty one.</summary>
    public static bool OpenArray(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.StartArray => true,
            JsonTokenType.Null => false,
            var other => throw new JsonException($"Expected {JsonTokenType.StartArray}, found {other}."),
        };
    }

    /// <summary>The next element of an array, as bytes. False at its end.</summary>
    public static bool NextElement(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, out ReadOnlyMemory<byte> element)
    {
        reader.Read();
        var ended = reader.TokenType == JsonTokenType.EndArray;
        element = ended ? default : Rest(ref reader, json);
        return !ended;
    }

    /// <summary>The value of the member on whose name the reader stands, as bytes.</summary>
    public static ReadOnlyMemory<byte> Value(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        reader.Read();
        return Rest(ref reader, json);
    }

    private static ReadOnlyMemory<byte> Rest(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed];
    }
}
