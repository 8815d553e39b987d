using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunbookOperator.Kubernetes;

/// <summary>Writes and reads the bodies of requests and answers.</summary>
internal static class Body
{
    public static byte[] Encode(JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node, KubernetesJson.Options.TypeOf<JsonNode>());

    public static T Decode<T>(byte[] body, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(body, options.TypeOf<T>()) ?? throw new JsonException("The API server answered null.");

    public static JsonObject DecodeObject(byte[] body) => Decode<JsonObject>(body, KubernetesJson.Options);
}
