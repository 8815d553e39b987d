using System.Reflection;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Generator;

/// <summary>What the attributes of a property say about its values.</summary>
internal sealed record Bounds
{
    /// <summary>Bounds of a string, or of each string inside.</summary>
    public TextAttribute? Text { get; init; }

    /// <summary>Bounds of a list or map, and of lists inside it.</summary>
    public ItemsAttribute? Items { get; init; }

    /// <summary>Bounds of a number, or of each number inside.</summary>
    public RangeAttribute? Range { get; init; }

    /// <summary>Whether it is an object of any shape.</summary>
    public bool FreeForm { get; init; }

    /// <summary>The bounds that stand on <paramref name="property"/>.</summary>
    public static Bounds Of(PropertyInfo property) => property.DeclaringType == typeof(Condition)
        ? ConditionBounds.Of(property.Name)
        : new Bounds
        {
            Text = property.GetCustomAttribute<TextAttribute>(),
            Items = property.GetCustomAttribute<ItemsAttribute>(),
            Range = property.GetCustomAttribute<RangeAttribute>(),
            FreeForm = property.IsDefined(typeof(FreeFormAttribute)),
        };

    /// <summary>Adds to <paramref name="schema"/> what applies to its type, and returns it.</summary>
    public JsonObject AddTo(JsonObject schema)
    {
        switch ((string?)schema["type"])
        {
            case "string" when Text is not null:
                AddText(schema, Text);
                break;
            case "array" when Items is not null:
                AddItems(schema, Items, "minItems", "maxItems");
                break;
            case "object" when Items is not null:
                AddItems(schema, Items, "minProperties", "maxProperties");
                break;
            case "integer" when Range is not null:
                AddRange(schema, Range);
                break;
            default:
                break;
        }

        if ((string?)schema["type"] == "array")
        {
            AddListType(schema);
        }

        return schema;
    }

    private static void AddText(JsonObject schema, TextAttribute text)
    {
        if (text.Minimum > 0)
        {
            schema["minLength"] = text.Minimum;
        }

        schema["maxLength"] = text.Maximum;
        if (text.Pattern is not null)
        {
            schema["pattern"] = text.Pattern;
        }

        if (text.Values.Length > 0)
        {
            schema["enum"] = new JsonArray([.. text.Values.Select(value => (JsonNode)value)]);
        }
    }

    private static void AddItems(JsonObject schema, ItemsAttribute items, string minimum, string maximum)
    {
        if (items.Minimum > 0)
        {
            schema[minimum] = items.Minimum;
        }

        schema[maximum] = items.Maximum;
    }

    private static void AddRange(JsonObject schema, RangeAttribute range)
    {
        schema["minimum"] = range.Minimum;

        // The largest integer is no bound, and a reader that takes numbers for floats makes a larger one of it.
        if (range.Maximum < long.MaxValue)
        {
            schema["maximum"] = range.Maximum;
        }
    }

    // The entries of a keyed list and of a set are merged, so several may own parts of it; any other is replaced as one.
    private void AddListType(JsonObject schema)
    {
        schema["x-kubernetes-list-type"] = Items switch { { Key: not null } => "map", { Set: true } => "set", _ => "atomic" };
        if (Items?.Key is { } key)
        {
            schema["x-kubernetes-list-map-keys"] = new JsonArray(key);
        }
    }
}
