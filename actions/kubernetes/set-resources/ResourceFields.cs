using System.Text.Json.Nodes;

namespace RunbookOperator.Actions;

/// <summary>The four inputs of set-resources and where they stand in a container. Pure.</summary>
internal static class ResourceFields
{
    /// <summary>Each input with its list and resource.</summary>
    public static readonly IReadOnlyList<(string Input, string List, string Resource)> All =
    [
        ("cpuRequest", "requests", "cpu"), ("memoryRequest", "requests", "memory"), ("cpuLimit", "limits", "cpu"), ("memoryLimit", "limits", "memory"),
    ];

    /// <summary>The value that a container has, or null.</summary>
    public static string? Read(JsonNode container, string list, string resource) => container.At("resources", list, resource) switch
    {
        JsonValue value => value.GetValueKind() == System.Text.Json.JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString(),
        _ => null,
    };

    /// <summary>The container's field <c>resources</c> with what <paramref name="value"/> says of each given input; null removes one.</summary>
    public static JsonObject Set(ActionInputs inputs, Func<string, string?> value)
    {
        var resources = new JsonObject();
        foreach (var (input, list, resource) in All.Where(field => inputs.Text(field.Input) is not null))
        {
            resources[list] ??= new JsonObject();
            resources[list]![resource] = value(input);
        }

        return new JsonObject { ["resources"] = resources };
    }

    /// <summary>Such as <c>cpuLimit 500m, memoryLimit none</c>.</summary>
    public static string Describe(ActionInputs inputs, Func<string, string?> value) =>
        string.Join(", ", All.Where(field => inputs.Text(field.Input) is not null).Select(field => $"{field.Input} {value(field.Input) ?? "none"}"));
}
