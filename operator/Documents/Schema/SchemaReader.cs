using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Documents.Schema;

/// <summary>The schema of a type, read from the serializer's own contract and from the attributes beside its properties: the same sources as the
/// CustomResourceDefinition's, so that neither says anything the other does not.</summary>
internal static class SchemaReader
{
    private static readonly ConcurrentDictionary<Type, ObjectSchema> Objects = new();

    public static ObjectSchema Of(Type type) => Objects.GetOrAdd(type, ReadObject);

    private static ObjectSchema ReadObject(Type type)
    {
        var contract = ApiJson.Default.GetTypeInfo(type) ?? throw new NotSupportedException($"{type} is not part of the resources");
        var fields = new Dictionary<string, FieldSchema>(StringComparer.Ordinal);
        foreach (var property in contract.Properties)
        {
            if (property.AttributeProvider is not { } attributes)
            {
                throw new NotSupportedException($"{type}.{property.Name} tells no attributes");
            }

            fields.Add(property.Name, new FieldSchema(property.Name, property.IsRequired, ReadValue(property.PropertyType, attributes)));
        }

        return new ObjectSchema(contract, fields, Find<RulesAttribute>(type)?.Rules ?? []);
    }

    private static ValueSchema ReadValue(Type declared, ICustomAttributeProvider attributes)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type == typeof(string))
        {
            return new TextSchema(Find<TextAttribute>(attributes));
        }

        if (type == typeof(bool))
        {
            return new FlagSchema();
        }

        if (type == typeof(int) || type == typeof(long))
        {
            var range = Find<RangeAttribute>(attributes);
            return new NumberSchema(range?.Minimum ?? (type == typeof(int) ? int.MinValue : long.MinValue), range?.Maximum ?? (type == typeof(int) ? int.MaxValue : long.MaxValue));
        }

        return type == typeof(Duration) ? new DurationSchema()
            : type == typeof(DateTimeOffset) ? new TimeSchema()
            : type.IsEnum ? new EnumSchema(Enum.GetNames(type))
            : typeof(JsonNode).IsAssignableFrom(type) ? new FreeSchema()
            : ReadCollection(type, attributes) ?? Of(type);
    }

    private static ValueSchema? ReadCollection(Type type, ICustomAttributeProvider attributes)
    {
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        var bounds = Find<ItemsAttribute>(attributes);
        return definition == typeof(List<>) ? new ListSchema(ReadValue(type.GenericTypeArguments[0], attributes), bounds)
            : definition == typeof(Dictionary<,>) ? new MapSchema(ReadValue(type.GenericTypeArguments[1], attributes), bounds)
            : null;
    }

    private static T? Find<T>(ICustomAttributeProvider attributes)
        where T : Attribute => attributes.GetCustomAttributes(typeof(T), inherit: true).OfType<T>().FirstOrDefault();
}
