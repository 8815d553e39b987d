using System.Globalization;
using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>One operation of a JSON patch (RFC 6902): add, remove, replace or test. What moves and copies can be said with them.</summary>
/// <param name="Name">Which.</param>
/// <param name="Path">The pointer's parts, unescaped.</param>
/// <param name="Value">The value; null for remove.</param>
internal sealed record JsonPatchOperation(string Name, IReadOnlyList<string> Path, JsonNode? Value)
{
    private static readonly string[] Names = ["add", "remove", "replace", "test"];

    /// <summary>Reads an operation.</summary>
    /// <exception cref="ActionException">It is none.</exception>
    public static JsonPatchOperation Read(JsonObject operation)
    {
        var name = operation.Text("op");
        if (name is null || !Names.Contains(name))
        {
            throw new ActionException($"op must be one of {string.Join(", ", Names)}");
        }

        if (operation.FirstOrDefault(member => member.Key is not ("op" or "path" or "value")).Key is { } unknown)
        {
            throw new ActionException($"an operation has op, path and value, not {Variables.Clean(unknown, Limits.Label)}");
        }

        if (operation.Text("path") is not { Length: > 1 } path || path[0] != '/')
        {
            throw new ActionException("path must be a JSON pointer such as /spec/paused");
        }

        if (name != "remove" && !operation.ContainsKey("value"))
        {
            throw new ActionException($"the operation {name} needs a value");
        }

        return new JsonPatchOperation(name, [.. path[1..].Split('/').Select(Unescape)], operation["value"]);
    }

    /// <summary>Does all operations in turn to a copy.</summary>
    /// <exception cref="ActionException">One cannot be done.</exception>
    public static JsonObject Apply(JsonObject before, IEnumerable<JsonPatchOperation> operations)
    {
        var after = (JsonObject)before.DeepClone();
        foreach (var operation in operations)
        {
            operation.Do(after);
        }

        return after;
    }

    /// <summary>The path as it is written.</summary>
    public override string ToString() => Variables.Clean("/" + string.Join('/', Path), Limits.Line);

    private void Do(JsonNode document)
    {
        JsonNode? parent = document;
        foreach (var part in Path.Take(Path.Count - 1))
        {
            parent = parent switch
            {
                JsonObject members => members[part],
                JsonArray items when Index(part) is { } index && index < items.Count => items[index],
                _ => null,
            };
        }

        var done = parent switch
        {
            JsonObject members => InObject(members, Path[^1]),
            JsonArray items => InArray(items, Path[^1]),
            _ => false,
        };
        if (!done)
        {
            throw new ActionException(Name == "test" ? $"{this} is not what the patch expects" : $"there is no {this} to {Name}");
        }
    }

    private bool InObject(JsonObject members, string name)
    {
        switch (Name)
        {
            case "add":
                members[name] = Value?.DeepClone();
                return true;
            case "replace" when members.ContainsKey(name):
                members[name] = Value?.DeepClone();
                return true;
            case "test":
                return members.ContainsKey(name) && JsonNode.DeepEquals(members[name], Value);
            default:
                return Name == "remove" && members.Remove(name);
        }
    }

    private bool InArray(JsonArray items, string part)
    {
        var index = part == "-" && Name == "add" ? items.Count : Index(part);
        if (index is not { } at || at > items.Count || (at == items.Count && Name != "add"))
        {
            return false;
        }

        switch (Name)
        {
            case "add":
                items.Insert(at, Value?.DeepClone());
                return true;
            case "replace":
                items[at] = Value?.DeepClone();
                return true;
            case "remove":
                items.RemoveAt(at);
                return true;
            default:
                return JsonNode.DeepEquals(items[at], Value);
        }
    }

    private static int? Index(string part) =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && part == index.ToString(CultureInfo.InvariantCulture) ? index : null;

    private static string Unescape(string part) => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
