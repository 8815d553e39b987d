using System.Text.Json.Nodes;

namespace RunbookOperator.Api;

/// <summary>Everything that an approval of a step is about. If any of it differs at the moment of use, the approval is void.</summary>
public sealed record StepDigest
{
    /// <summary>Namespace of the run.</summary>
    public required string Namespace { get; init; }

    /// <summary>UID of the run.</summary>
    public required string ExecutionUid { get; init; }

    /// <summary>Name of the step.</summary>
    public required string Step { get; init; }

    /// <summary>The attempt, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The text, or action and inputs, with values filled in, as shown to the person.</summary>
    public required string Command { get; init; }

    /// <summary>Values given to the command as environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Keys of Secrets given to the command as environment variables, as <c>secret/key</c>: which, never what they hold.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    /// <summary>Image that a command runs in; empty for others.</summary>
    public required string Image { get; init; }

    /// <summary>Service account it acts as; empty for a manual step.</summary>
    public required string ServiceAccount { get; init; }

    /// <summary>Risk, as text.</summary>
    public required string Risk { get; init; }

    /// <summary>Hash of the rule set that judged it.</summary>
    public required string RuleSet { get; init; }

    /// <summary>Whether it is about the undo of the step. Default no.</summary>
    public bool IsUndo { get; init; }

    /// <summary>Hash of what will undo the step, which is approved with it; null where nothing does, and for an undo.</summary>
    public string? Undo { get; init; }

    /// <summary>What a typed action would touch, and the values it saw: so an approval to go back from one state to another is not used on a
    /// third. Null for what changes nothing, and for commands.</summary>
    public JsonObject? Target { get; init; }

    /// <summary>The digest: the SHA-256 of the canonical JSON of all members, in hexadecimal.</summary>
    public string Compute()
    {
        var all = new JsonObject
        {
            ["namespace"] = Namespace,
            ["execution"] = ExecutionUid,
            ["step"] = Step,
            ["attempt"] = Attempt,
            ["direction"] = IsUndo ? "undo" : "forward",
            ["command"] = Command,
            ["environment"] = Members(Environment),
            ["image"] = Image,
            ["serviceAccount"] = ServiceAccount,
            ["risk"] = Risk,
            ["ruleSet"] = RuleSet,
            ["target"] = Target?.DeepClone(),
            ["undo"] = Undo,
        };
        if (Secrets.Count > 0)
        {
            all["secrets"] = Members(Secrets);
        }

        return CanonicalJson.Hash(all, 64);
    }

    private static JsonObject Members(IReadOnlyDictionary<string, string> values) =>
        new(values.Select(static value => KeyValuePair.Create<string, JsonNode?>(value.Key, value.Value)));
}
