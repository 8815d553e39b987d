using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunbookOperator.Api;

/// <summary>JSON with the members of every object in ordinal order and no white space, so that equal values have equal hashes.</summary>
public static class CanonicalJson
{
    /// <summary>The canonical bytes of <paramref name="node"/>. Members that are null are left out, as the API server leaves them out.</summary>
    public static byte[] Bytes(JsonNode? node)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            Write(writer, node);
        }

        return stream.ToArray();
    }

    /// <summary>The first <paramref name="length"/> hexadecimal digits of the SHA-256 of <paramref name="node"/>.</summary>
    public static string Hash(JsonNode? node, int length) => Convert.ToHexStringLower(SHA256.HashData(Bytes(node)))[..length];

    private static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject value:
                writer.WriteStartObject();
                foreach (var (name, member) in value.OrderBy(member => member.Key, StringComparer.Ordinal))
                {
                    if (member is not null)
                    {
                        writer.WritePropertyName(name);
                        Write(writer, member);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonArray value:
                writer.WriteStartArray();
                foreach (var item in value)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case null:
                writer.WriteNullValue();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }
}
