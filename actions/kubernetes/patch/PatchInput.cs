using System.Text.Json.Nodes;

namespace RunbookOperator.Actions;

/// <summary>One place that a patch changes.</summary>
/// <param name="Path">Names from the root; <c>*</c> for an item of a list.</param>
/// <param name="Value">The new value; null where it is removed.</param>
internal sealed record PatchLeaf(IReadOnlyList<string> Path, JsonNode? Value);

/// <summary>The patch of a step: a merge patch or the operations of a JSON patch. Pure.</summary>
internal sealed record PatchInput(JsonObject? Merge, IReadOnlyList<JsonPatchOperation> Operations)
{
    /// <summary>The most operations.</summary>
    public const int MaximumOperations = 50;

    /// <summary>Reads the inputs.</summary>
    /// <exception cref="ActionException">There is not exactly one patch, or it is none.</exception>
    public static PatchInput Read(ActionInputs inputs, string patch, string operations)
    {
        var (merge, list) = (inputs.Object(patch), inputs.Objects(operations));
        return (merge, list) switch
        {
            ({ Count: > 0 }, null) => new PatchInput(merge, []),
            (null, { Count: > 0 and <= MaximumOperations }) => new PatchInput(null, [.. list.Select(JsonPatchOperation.Read)]),
            (null, { Count: > MaximumOperations }) => throw new ActionException($"there are more than {MaximumOperations} operations"),
            _ => throw new ActionException($"give one of {patch} and {operations}, and not empty"),
        };
    }

    /// <summary>What it makes of an object.</summary>
    /// <exception cref="ActionException">It does not fit the object.</exception>
    public JsonObject Apply(JsonObject before) => Merge is not null ? MergeDocument.Apply(before, Merge) : JsonPatchOperation.Apply(before, Operations);

    /// <summary>Every place that it changes, down to where a list, a plain value or nothing stands.</summary>
    public IEnumerable<PatchLeaf> Leaves() => Merge is not null
        ? Below([], Merge)
        : Operations.Where(operation => operation.Name != "test").SelectMany(operation => Below(Placed(operation.Path), operation.Name == "remove" ? null : operation.Value));

    private static IEnumerable<PatchLeaf> Below(IReadOnlyList<string> path, JsonNode? value) => value is JsonObject { Count: > 0 } members
        ? members.SelectMany(member => Below([.. path, member.Key], member.Value))
        : [new PatchLeaf(path, value)];

    private static string[] Placed(IReadOnlyList<string> path) => [.. path.Select(part => part == "-" || part.All(char.IsAsciiDigit) ? "*" : part)];
}
