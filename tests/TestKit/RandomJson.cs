using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace RunbookOperator.TestKit;

/// <summary>Makes JSON for wire types: mostly what they take, with fields left out, and now and then a null or a value of the wrong type.</summary>
/// <param name="random">Where chance comes from.</param>
/// <param name="options">Says what a type has. The generator follows these contracts, not those under test.</param>
/// <param name="mistakes">How many of a thousand values are wrong.</param>
public sealed class RandomJson(Random random, JsonSerializerOptions options, int mistakes)
{
    private const int MaxDepth = 12;
    private const int MaxItems = 3;

    private static readonly string[] Wrong = ["null", "7", "7.5", "true", "\"x\"", "[]", "{}", "[null]", "{\"a\":null}"];

    /// <summary>JSON for <paramref name="type"/>.</summary>
    public JsonNode? Of(Type type, int depth = 0)
    {
        if (random.Next(1000) < mistakes)
        {
            return JsonNode.Parse(Wrong[random.Next(Wrong.Length)]);
        }

        var contract = options.GetTypeInfo(type);
        return contract.Kind switch
        {
            JsonTypeInfoKind.Object => Members(contract, depth),
            JsonTypeInfoKind.Enumerable => new JsonArray([.. Enumerable.Range(0, Count(depth)).Select(_ => Of(contract.ElementType!, depth + 1))]),
            JsonTypeInfoKind.Dictionary => new JsonObject(Enumerable.Range(0, Count(depth))
                .Select(i => KeyValuePair.Create($"key{i}", Of(contract.ElementType!, depth + 1)))),
            _ => Value(Nullable.GetUnderlyingType(type) ?? type),
        };
    }

    private JsonObject Members(JsonTypeInfo contract, int depth)
    {
        var members = new JsonObject();
        foreach (var property in contract.Properties.Where(property => property.IsRequired || (depth < MaxDepth && random.Next(3) > 0)))
        {
            members[property.Name] = Of(property.PropertyType, depth + 1);
        }

        if (random.Next(4) == 0)
        {
            members["unknownToUs"] = new JsonObject { ["x"] = random.Next() };
        }

        return members;
    }

    private int Count(int depth) => depth < MaxDepth ? random.Next(MaxItems + 1) : 0;

    private JsonNode? Value(Type type) => type switch
    {
        _ when type == typeof(string) => $"text {random.Next()}",
        _ when type == typeof(bool) => random.Next(2) == 0,
        _ when type == typeof(double) => random.Next() / 8.0,
        _ when type == typeof(DateTimeOffset) => DateTimeOffset.UnixEpoch.AddSeconds(random.Next()).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
        _ when type == typeof(byte[]) => Convert.ToBase64String([1, 2, (byte)random.Next(256)]),
        _ when type.IsEnum => Enum.GetNames(type)[random.Next(Enum.GetNames(type).Length)],
        _ when type.IsPrimitive => random.Next(100),
        _ when type == typeof(JsonArray) => new JsonArray(random.Next(), null),
        _ => new JsonObject { ["any"] = random.Next(), ["nothing"] = null },
    };
}
