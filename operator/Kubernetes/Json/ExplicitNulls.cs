using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RunbookOperator.Kubernetes;

/// <summary>What an explicit null means. As in Go, it leaves a field that has a value of its own at that value; where something must stand, it
/// is as wrong as any other value of the wrong type, and told now, not by whoever meets it later.</summary>
/// <remarks>Absence is another thing: Go leaves empty texts out, so what a positional record does not find stays null.</remarks>
internal static class ExplicitNulls
{
    /// <summary>Sets the rules on the contract of a type. <see cref="JsonSerializerOptions.RespectNullableAnnotations"/> does the rest.</summary>
    public static void Apply(JsonTypeInfo type)
    {
        if (type.Kind is JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary && MustStand(type.ElementType!))
        {
            type.OnDeserialized = RefuseNulls;
        }

        foreach (var property in type.Properties)
        {
            KeepInitialValue(property);
        }
    }

    // A property with an initial value has a set; what has an init is given to the constructor.
    private static void KeepInitialValue(JsonPropertyInfo property)
    {
        if (property is { IsSetNullable: false, IsRequired: false, AssociatedParameter: null, Set: { } set } && !property.PropertyType.IsValueType)
        {
            property.IsSetNullable = true;
            property.Set = (target, value) =>
            {
                if (value is not null)
                {
                    set(target, value);
                }
            };
        }
    }

    // Without a message: then the reader writes one that tells the place.
    private static void RefuseNulls(object collection)
    {
        var items = collection is IDictionary map ? map.Values : (IEnumerable)collection;
        foreach (var item in items)
        {
            if (item is null)
            {
                throw new JsonException();
            }
        }
    }

    // What is JSON itself may be any JSON.
    private static bool MustStand(Type element) =>
        !element.IsValueType && element != typeof(object) && !element.IsAssignableTo(typeof(System.Text.Json.Nodes.JsonNode));
}
