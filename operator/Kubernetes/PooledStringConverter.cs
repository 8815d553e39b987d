using System.Text.Json;
using System.Text.Json.Serialization;

namespace RunbookOperator.Kubernetes;

/// <summary>Reads strings, and keys of dictionaries, through <see cref="StringPool"/>. Writes them as ever.</summary>
internal sealed class PooledStringConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Pooled(ref reader) ?? reader.GetString();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Pooled(ref reader) ?? reader.GetString()!;

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);

    // Whatever is no plain string is the reader's to refuse.
    private static string? Pooled(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && !reader.ValueIsEscaped && !reader.HasValueSequence
            ? StringPool.Shared.TryGet(reader.ValueSpan)
            : null;
}
