using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using RunbookOperator.Api;

namespace RunbookOperator.Generator;

/// <summary>Makes structural schemas from the serializer's own contract, so that schema and wire cannot disagree, and from the attributes and
/// comments that stand on the properties.</summary>
internal sealed class SchemaBuilder(XmlDocumentation documentation, Dialect dialect)
{
    /// <summary>The schema of a record: its comment, its members and its rules.</summary>
    public JsonObject Object(Type type)
    {
        var members = new JsonObject();
        var required = new JsonArray();
        foreach (var property in Contract(type).Properties)
        {
            members[property.Name] = Property(Member(type, property));
            if (property.IsRequired)
            {
                required.Add((JsonNode)property.Name);
            }
        }

        var schema = new JsonObject { ["description"] = documentation.Of(type), ["type"] = "object" };
        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        schema["properties"] = members;
        AddRules(schema, type);
        return schema;
    }

    private JsonObject Property(PropertyInfo property)
    {
        var schema = new JsonObject { ["description"] = documentation.Of(property) };
        foreach (var (name, value) in Value(property.PropertyType, Bounds.Of(property)))
        {
            // The comment on the property says more than the one on its type.
            schema.TryAdd(name, value?.DeepClone());
        }

        if (property.GetCustomAttribute<DefaultAttribute>() is { } standard)
        {
            schema["default"] = JsonNode.Parse(standard.Json);
        }

        return schema;
    }

    private JsonObject Value(Type type, Bounds bounds)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (bounds.FreeForm)
        {
            return bounds.AddTo(new JsonObject { ["type"] = "object", ["x-kubernetes-preserve-unknown-fields"] = true });
        }

        var contract = Contract(type);
        return contract.Kind switch
        {
            JsonTypeInfoKind.Enumerable => bounds.AddTo(new JsonObject
            {
                ["type"] = "array",
                ["items"] = Value(contract.ElementType!, bounds),
            }),
            JsonTypeInfoKind.Dictionary => bounds.AddTo(new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = Value(contract.ElementType!, bounds),
            }),
            JsonTypeInfoKind.Object => Object(type),
            _ => bounds.AddTo(Scalar(type)),
        };
    }

    private static JsonObject Scalar(Type type)
    {
        if (type.IsEnum)
        {
            var names = Enum.GetValues(type).Cast<object>().Select(value => JsonSerializer.SerializeToNode(value, Contract(type)));
            return new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. names]) };
        }

        return type switch
        {
            _ when type == typeof(string) => new JsonObject { ["type"] = "string" },
            _ when type == typeof(bool) => new JsonObject { ["type"] = "boolean" },
            _ when type == typeof(int) => new JsonObject { ["type"] = "integer", ["format"] = "int32" },
            _ when type == typeof(long) => new JsonObject { ["type"] = "integer", ["format"] = "int64" },
            _ when type == typeof(DateTimeOffset) => new JsonObject { ["type"] = "string", ["format"] = "date-time" },
            _ when type == typeof(Duration) => new JsonObject
            {
                ["type"] = "string",
                ["maxLength"] = Duration.MaximumLength,
                ["pattern"] = Duration.Pattern,
            },
            _ => throw new NotSupportedException($"{type} has no place in a schema"),
        };
    }

    private void AddRules(JsonObject schema, Type type)
    {
        if (dialect == Dialect.Current && type.GetCustomAttribute<RulesAttribute>() is { } all)
        {
            schema["x-kubernetes-validations"] = new JsonArray([.. all.Rules.Select(rule => new JsonObject { ["rule"] = rule.Cel, ["message"] = rule.Message })]);
        }
    }

    private static JsonTypeInfo Contract(Type type) =>
        ApiJson.Default.GetTypeInfo(type) ?? throw new NotSupportedException($"the serializer does not know {type}");

    private static PropertyInfo Member(Type type, JsonPropertyInfo property) =>
        property.AttributeProvider as PropertyInfo
        ?? throw new NotSupportedException($"{type}.{property.Name} is no property");
}
