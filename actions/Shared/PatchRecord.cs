using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>What a patch sets and what takes it back, both as merge patches, kept as text: a status loses members that are null. Pure.</summary>
internal sealed record PatchRecord(JsonObject Set, JsonObject Back)
{
    /// <summary>The most that is recorded, in characters of JSON: the steps of a run share its status.</summary>
    public const int MaximumLength = 4 * 1024;

    private const string SetName = "set";
    private const string BackName = "back";

    /// <summary>Whether it is short enough to be recorded.</summary>
    public bool Fits => Set.ToJsonString().Length + Back.ToJsonString().Length <= MaximumLength;

    /// <summary>The record of the change from one document to another.</summary>
    public static PatchRecord Of(JsonObject before, JsonObject after)
    {
        var set = MergeDiff.Of(before, after) ?? [];
        return new PatchRecord(set, BackTo(before, set));
    }

    /// <summary>The record in what was seen, or null if there is none.</summary>
    public static PatchRecord? Read(JsonNode? seen) =>
        seen.Text(SetName) is { } set && seen.Text(BackName) is { } back
            ? new PatchRecord(JsonNode.Parse(set)!.AsObject(), JsonNode.Parse(back)!.AsObject())
            : null;

    /// <summary>As what was seen.</summary>
    public JsonObject ToSeen() => new() { [SetName] = Set.ToJsonString(), [BackName] = Back.ToJsonString() };

    // Place by place: what others have added beside them since must stay.
    private static JsonObject BackTo(JsonObject before, JsonObject set)
    {
        var back = new JsonObject();
        foreach (var (name, value) in set)
        {
            back[name] = value is JsonObject { Count: > 0 } inner && before[name] is null or JsonObject
                ? BackTo(before[name] as JsonObject ?? [], inner)
                : before[name]?.DeepClone();
        }

        return back;
    }

    /// <summary>Whether an object is as the patch has set it.</summary>
    public bool HoldsIn(JsonObject found) => JsonNode.DeepEquals(MergeDocument.Apply(found, Set), found);
}
