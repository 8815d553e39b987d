using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>A taint of a node. A node has at most one of each key and effect.</summary>
/// <param name="Key">Such as <c>example.com/maintenance</c>.</param>
/// <param name="Value">Empty for none.</param>
/// <param name="Effect">NoSchedule, PreferNoSchedule or NoExecute.</param>
internal sealed record NodeTaint(string Key, string Value, string Effect)
{
    /// <summary>The effect that ends pods.</summary>
    public const string NoExecute = "NoExecute";

    /// <summary>All effects.</summary>
    public static readonly IReadOnlyList<string> Effects = ["NoSchedule", "PreferNoSchedule", NoExecute];

    /// <summary>Whether a key is one that Kubernetes takes: a name of 63 characters, with a DNS prefix or without.</summary>
    public static bool IsKey(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? IsName(key) : ObjectNames.IsSubdomain(key[..slash]) && IsName(key[(slash + 1)..]);
    }

    /// <summary>Whether a value is one that Kubernetes takes.</summary>
    public static bool IsValue(string value) => value.Length == 0 || IsName(value);

    /// <summary>The value of the taint of this key and effect on a node; null if it has none, empty for one without a value.</summary>
    public static string? ValueOn(JsonObject node, string key, string effect) =>
        All(node).FirstOrDefault(taint => Is(taint, key, effect)) is { } found ? found.Text("value") ?? "" : null;

    /// <summary>The taints of a node with this one set, or taken away where <paramref name="value"/> is null. The others stay as they are.</summary>
    public static JsonArray With(JsonObject node, string key, string? value, string effect)
    {
        var taints = new JsonArray([.. All(node).Where(taint => !Is(taint, key, effect)).Select(taint => taint.DeepClone())]);
        if (value is not null)
        {
            var taint = new JsonObject { ["key"] = key, ["effect"] = effect };
            if (value.Length > 0)
            {
                taint["value"] = value;
            }

            taints.Add(taint);
        }

        return taints;
    }

    /// <summary>As kubectl writes it: <c>key=value:NoSchedule</c>.</summary>
    public override string ToString() => Variables.Clean(Value.Length == 0 ? $"{Key}:{Effect}" : $"{Key}={Value}:{Effect}", Limits.Line);

    private static IEnumerable<JsonNode> All(JsonObject node) => node.Items("spec", "taints");

    private static bool Is(JsonNode taint, string key, string effect) => taint.Text("key") == key && taint.Text("effect") == effect;

    private static bool IsName(string text) =>
        text.Length is > 0 and <= Limits.Label && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
        && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1]);
}
