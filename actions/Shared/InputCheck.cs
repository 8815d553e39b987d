using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>Compares inputs with what an action declares. A value that holds <c>${name}</c> is checked once it is filled in.</summary>
internal static class InputCheck
{
    /// <summary>The largest object, in bytes as JSON: a step is shown whole to whoever approves it, and is not longer than a command.</summary>
    public const int MaximumObjectBytes = Limits.Run;

    /// <summary>Throws if an input is unknown, missing, or not of its type.</summary>
    /// <exception cref="ActionException">Says which, and what would be right.</exception>
    public static void Check(ActionDeclaration declaration, ActionInputs inputs)
    {
        foreach (var (name, value) in inputs.Values)
        {
            var input = declaration.Inputs.FirstOrDefault(input => input.Name == name)
                ?? throw new ActionException(
                    $"{declaration.Name} has no input {Variables.Clean(name, Limits.Label)}; it takes {string.Join(", ", declaration.Inputs.Select(input => input.Name))}");
            if (value is not null)
            {
                CheckValue(inputs, input, value);
            }
        }

        foreach (var input in declaration.Inputs.Where(input => input.Required))
        {
            _ = inputs.Values[input.Name] is JsonArray or JsonObject ? "" : inputs.Required(input.Name);
        }
    }

    private static void CheckValue(ActionInputs inputs, ActionInput input, JsonNode value)
    {
        if (input.Type is ActionInputType.Object or ActionInputType.Objects)
        {
            CheckObject(inputs, input);
            return;
        }

        if (input.Type is ActionInputType.List)
        {
            CheckList(inputs, input);
            return;
        }

        if (value.GetValueKind() is JsonValueKind.Object or JsonValueKind.Array)
        {
            throw new ActionException($"the input {input.Name} must be one value");
        }

        var text = inputs.Text(input.Name)!;
        if (text.Length > Limits.Value)
        {
            throw new ActionException($"the input {input.Name} is longer than {Limits.Value} characters");
        }

        if (inputs.IsOpen(input.Name))
        {
            return;
        }

        if (input.Values is { Count: > 0 } values && !values.Contains(text))
        {
            throw new ActionException($"the input {input.Name} must be one of {string.Join(", ", values)}");
        }

        CheckType(inputs, input);
    }

    private static void CheckObject(ActionInputs inputs, ActionInput input)
    {
        _ = input.Type == ActionInputType.Object ? inputs.Object(input.Name) : (object?)inputs.Objects(input.Name);
        if (Encoding.UTF8.GetByteCount(inputs.Values[input.Name]!.ToJsonString()) > MaximumObjectBytes)
        {
            throw new ActionException($"the input {input.Name} is longer than {MaximumObjectBytes} bytes as JSON");
        }
    }

    private static void CheckList(ActionInputs inputs, ActionInput input)
    {
        var items = inputs.List(input.Name)!;
        if (items.Count > Limits.LongList)
        {
            throw new ActionException($"the input {input.Name} has more than {Limits.LongList} items");
        }

        if (items.Any(item => item.Length > Limits.Value))
        {
            throw new ActionException($"an item of the input {input.Name} is longer than {Limits.Value} characters");
        }
    }

    private static void CheckType(ActionInputs inputs, ActionInput input)
    {
        switch (input.Type)
        {
            case ActionInputType.Number:
                inputs.Number(input.Name);
                break;
            case ActionInputType.Flag:
                inputs.Flag(input.Name);
                break;
            case ActionInputType.Duration:
                inputs.Time(input.Name);
                break;
            default:
                break;
        }
    }
}
