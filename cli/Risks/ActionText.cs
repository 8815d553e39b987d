using System.Text.Json.Nodes;
using RunbookOperator.Actions;
using RunbookOperator.Cli.Rendering;

namespace RunbookOperator.Cli.Risks;

/// <summary>A typed action as <c>explain</c> shows it.</summary>
internal static class ActionText
{
    private const int NameWidth = 28;

    /// <summary>One line of the list.</summary>
    public static string Line(ActionDeclaration action) => $"{action.Name.PadRight(NameWidth)} {action.Description}";

    /// <summary>What it does and what it takes.</summary>
    public static IEnumerable<string> Lines(ActionDeclaration action, Paint paint) =>
    [
        $"{paint.Bold(action.Name)}  {(action.ChangesState ? "changes state" : "reads only")}",
        "",
        action.Description,
        "",
        .. action.Inputs.Select(input => $"  {Name(input).PadRight(NameWidth - 2)} {input.Description}{(input.Required ? " Required." : "")}"),
    ];

    /// <summary>The same for programs.</summary>
    public static JsonObject ToJson(ActionDeclaration action) => new()
    {
        ["name"] = action.Name,
        ["description"] = action.Description,
        ["changesState"] = action.ChangesState,
        ["inputs"] = new JsonArray([.. action.Inputs.Select(ToJson)]),
    };

    private static string Name(ActionInput input) => $"{input.Name} <{input.Type.ToString().ToLowerInvariant()}>";

    private static JsonObject ToJson(ActionInput input)
    {
        var json = new JsonObject
        {
            ["name"] = input.Name,
            ["type"] = input.Type.ToString().ToLowerInvariant(),
            ["required"] = input.Required,
            ["description"] = input.Description,
        };
        if (input.Values is { Count: > 0 } values)
        {
            json["values"] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]);
        }

        return json;
    }
}
