using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Generator.Cel;

namespace RunbookOperator.Generator;

/// <summary>Makes the CustomResourceDefinition (apiextensions.k8s.io/v1) of a kind.</summary>
internal sealed class CrdBuilder(XmlDocumentation documentation, Dialect dialect)
{
    private const int WideOnly = 1;
    private const int HashLength = 16;

    private readonly SchemaBuilder _schemas = new(documentation, dialect);

    /// <summary>The definition of <paramref name="kind"/>, members in the order in which people read them.</summary>
    public JsonObject Build(Type kind)
    {
        var resource = kind.GetCustomAttribute<CustomResourceAttribute>()!;
        var version = Version(kind, resource);
        return new JsonObject
        {
            ["apiVersion"] = "apiextensions.k8s.io/v1",
            ["kind"] = "CustomResourceDefinition",
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{resource.Plural}.{Names.Group}",
                ["annotations"] = new JsonObject
                {
                    [Names.SchemaAnnotation] = Names.SchemaVersion.ToString(CultureInfo.InvariantCulture),
                    [Names.SchemaHashAnnotation] = CanonicalJson.Hash(version, HashLength),
                },
            },
            ["spec"] = new JsonObject
            {
                ["group"] = Names.Group,
                ["scope"] = "Namespaced",
                ["names"] = KindNames(kind, resource),
                ["versions"] = new JsonArray(version),
            },
        };
    }

    private static JsonObject KindNames(Type kind, CustomResourceAttribute resource) => new()
    {
        ["kind"] = kind.Name,
        ["listKind"] = $"{kind.Name}List",
        ["plural"] = resource.Plural,
        ["singular"] = kind.Name.ToLowerInvariant(),
        ["shortNames"] = Strings(resource.ShortNames),
        ["categories"] = Strings(resource.Categories),
    };

    private JsonObject Version(Type kind, CustomResourceAttribute resource)
    {
        var version = new JsonObject
        {
            ["name"] = Names.Version,
            ["served"] = true,
            ["storage"] = true,
            ["subresources"] = new JsonObject { ["status"] = new JsonObject() },
            ["additionalPrinterColumns"] = Columns(kind),
        };
        if (dialect == Dialect.Current && SelectableFields(kind) is { Count: > 0 } fields)
        {
            version["selectableFields"] = fields;
        }

        var root = Root(kind, resource);
        CelBudget.Check(kind.Name, root);
        version["schema"] = new JsonObject { ["openAPIV3Schema"] = root };
        return version;
    }

    private JsonObject Root(Type kind, CustomResourceAttribute resource)
    {
        var (spec, status) = (kind.GetProperty("Spec")!.PropertyType, kind.GetProperty("Status")!.PropertyType);
        var statusSchema = _schemas.Object(status);
        if (resource.ObservedGeneration)
        {
            statusSchema["default"] = new JsonObject { ["observedGeneration"] = -1 };
        }

        return new JsonObject
        {
            ["description"] = documentation.Of(kind),
            ["type"] = "object",
            ["required"] = new JsonArray("spec"),
            ["properties"] = new JsonObject
            {
                ["apiVersion"] = Described("Group and version of this object: " + Names.ApiVersion + ".", "string"),
                ["kind"] = Described("Kind of this object: " + kind.Name + ".", "string"),
                ["metadata"] = Metadata(resource),
                ["spec"] = _schemas.Object(spec),
                ["status"] = statusSchema,
            },
        };
    }

    // Of metadata a schema may restrict the names and nothing else; even a description is refused.
    private static JsonObject Metadata(CustomResourceAttribute resource) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["name"] = new JsonObject { ["type"] = "string", ["maxLength"] = resource.MaximumName },
        },
    };

    private static JsonArray Columns(Type kind)
    {
        var columns = new JsonArray();
        foreach (var column in kind.GetCustomAttributes<PrinterColumnAttribute>())
        {
            var entry = new JsonObject { ["name"] = column.Name, ["type"] = column.Type, ["jsonPath"] = column.JsonPath };
            if (column.Wide)
            {
                entry["priority"] = WideOnly;
            }

            columns.Add((JsonNode)entry);
        }

        return columns;
    }

    private static JsonArray SelectableFields(Type kind)
    {
        var fields = new JsonArray();
        foreach (var field in kind.GetCustomAttributes<SelectableFieldAttribute>())
        {
            fields.Add((JsonNode)new JsonObject { ["jsonPath"] = field.JsonPath });
        }

        return fields;
    }

    private static JsonObject Described(string description, string type) => new() { ["description"] = description, ["type"] = type };

    private static JsonArray Strings(IEnumerable<string> values) => [.. values.Select(value => (JsonNode)value)];
}
