using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Documents.Yaml;

namespace RunbookOperator.Documents.Schema;

/// <summary>Turns a tree into JSON and holds it against a schema. Every value gets its place in the map, whether it fits or not.</summary>
internal sealed class SchemaChecker(ProblemList problems, DocumentMap map)
{
    /// <summary>The JSON of a value; null if it does not fit, which is then among the problems.</summary>
    public JsonNode? Check(YamlNode node, ValueSchema schema, string path)
    {
        if (IsNull(node))
        {
            problems.Error(RuleIds.Missing, map.FindKey(path), $"{path} has no value; give one, or remove the field");
            return null;
        }

        return (schema, node) switch
        {
            (ObjectSchema of, YamlMapping mapping) => CheckObject(mapping, of, path),
            (FreeSchema, YamlMapping mapping) => CheckFree(mapping, path),
            (MapSchema of, YamlMapping mapping) => CheckMap(mapping, of, path),
            (ListSchema of, YamlSequence sequence) => CheckList(sequence, of, path),
            (ObjectSchema or FreeSchema or MapSchema or ListSchema, _) => WrongType(node, schema, path),
            (_, YamlScalar scalar) => ScalarChecker.Check(scalar, schema, path, problems),
            _ => WrongType(node, schema, path),
        };
    }

    /// <summary>Checks the fields of a mapping. Fields named in <paramref name="leave"/> are known, and not looked at.</summary>
    public JsonObject CheckObject(YamlMapping mapping, ObjectSchema schema, string path, params ReadOnlySpan<string> leave)
    {
        var errors = problems.Errors;
        var result = new JsonObject();
        foreach (var (key, value) in mapping.Entries)
        {
            var child = path.Length == 0 ? key.Text : $"{path}.{key.Text}";
            map.Add(child, key.Start.Position, value.Start.Position);
            if (leave.Contains(key.Text))
            {
                continue;
            }

            if (!schema.Fields.TryGetValue(key.Text, out var field))
            {
                problems.Error(RuleIds.UnknownField, key.Start.Position,
                    $"unknown field {ProblemList.Quote(key.Text)} in {Where(path)}{Suggestion.For(key.Text, schema.Fields.Keys)}");
                continue;
            }

            result[key.Text] = Check(value, field.Value, child);
        }

        foreach (var missing in schema.Fields.Values.Where(field => field.Required && mapping.Find(field.Name) is null && !result.ContainsKey(field.Name)))
        {
            if (!leave.Contains(missing.Name))
            {
                problems.Error(RuleIds.Missing, mapping.Start.Position, $"{Where(path)} has no {missing.Name}");
            }
        }

        if (problems.Errors == errors)
        {
            CheckRules(result, schema, path, mapping.Start.Position);
        }

        return result;
    }

    private static string Where(string path) => path.Length == 0 ? "the document" : path;

    private static bool IsNull(YamlNode node) => node is YamlScalar scalar && YamlValue.TypeOf(scalar) == YamlType.Null;

    private JsonObject CheckMap(YamlMapping mapping, MapSchema schema, string path)
    {
        CheckCount(mapping, mapping.Entries.Count, schema.Bounds?.Minimum, schema.Bounds?.Maximum, path);
        var result = new JsonObject();
        foreach (var (key, value) in mapping.Entries)
        {
            var child = $"{path}.{key.Text}";
            map.Add(child, key.Start.Position, value.Start.Position);
            result[key.Text] = Check(value, schema.Value, child);
        }

        return result;
    }

    private JsonArray CheckList(YamlSequence sequence, ListSchema schema, string path)
    {
        CheckCount(sequence, sequence.Items.Count, schema.Bounds?.Minimum, schema.Bounds?.Maximum, path);
        var result = new JsonArray();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            var child = $"{path}[{i}]";
            map.Add(child, null, sequence.Items[i].Start.Position);
            var item = Check(sequence.Items[i], schema.Item, child);
            result.Add(item);
            if (schema.Bounds?.Key is { } key && (item as JsonObject)?[key] is JsonValue value && !names.Add(value.ToString()))
            {
                problems.Error(RuleIds.DuplicateName, map.Find($"{child}.{key}"), $"{path} has two entries with the {key} {ProblemList.Quote(value.ToString())}");
            }
            else if (schema.Bounds?.Set == true && item is JsonValue same && !names.Add(same.ToString()))
            {
                problems.Error(RuleIds.DuplicateName, map.Find(child), $"{path} has {ProblemList.Quote(same.ToString())} twice");
            }
        }

        return result;
    }

    private JsonObject CheckFree(YamlMapping mapping, string path)
    {
        var result = new JsonObject();
        foreach (var (key, value) in mapping.Entries)
        {
            var child = $"{path}.{key.Text}";
            map.Add(child, key.Start.Position, value.Start.Position);
            result[key.Text] = CheckAny(value, child);
        }

        return result;
    }

    private JsonNode? CheckAny(YamlNode node, string path)
    {
        switch (node)
        {
            case YamlMapping mapping:
                return CheckFree(mapping, path);
            case YamlSequence sequence:
                var items = new JsonArray();
                for (var i = 0; i < sequence.Items.Count; i++)
                {
                    map.Add($"{path}[{i}]", null, sequence.Items[i].Start.Position);
                    items.Add(CheckAny(sequence.Items[i], $"{path}[{i}]"));
                }

                return items;
            case YamlScalar scalar when YamlValue.TypeOf(scalar) is YamlType.Null or YamlType.NotFinite:
                problems.Error(RuleIds.Missing, map.FindKey(path), $"{path} has no value that JSON can hold; give one, or remove it");
                return null;
            default:
                return YamlValue.ToJson((YamlScalar)node);
        }
    }

    private void CheckCount(YamlNode node, int count, int? minimum, int? maximum, string path)
    {
        if (count > maximum || count < minimum)
        {
            problems.Error(RuleIds.Bounds, node.Start.Position, count > maximum
                ? $"{path} has {count} entries; the most is {maximum}"
                : $"{path} has {count} entries; the least is {minimum}");
        }
    }

    // The fields have no errors, so the object can be read as its type.
    private void CheckRules(JsonObject value, ObjectSchema schema, string path, DocumentPosition at)
    {
        if (schema.Rules.Count == 0)
        {
            return;
        }

        var self = value.Deserialize(schema.Type)!;
        foreach (var rule in schema.Rules)
        {
            foreach (var place in rule.Broken(self, old: null))
            {
                problems.Error(rule.Id, place.Length == 0 ? at : map.Find($"{path}.{place}"), rule.Message);
            }
        }
    }

    private JsonNode? WrongType(YamlNode node, ValueSchema schema, string path)
    {
        var wanted = schema switch
        {
            ListSchema => "a list: write \"- \" before each entry",
            ObjectSchema or MapSchema or FreeSchema => "a mapping of names to values",
            _ => "a single value",
        };
        problems.Error(RuleIds.Type, node.Start.Position, $"{path} must be {wanted}");
        return null;
    }
}
