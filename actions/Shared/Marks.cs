using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>Labels or annotations to set and to remove. Pure.</summary>
/// <param name="Set">Key and value.</param>
/// <param name="Remove">Keys.</param>
internal sealed record Marks(IReadOnlyDictionary<string, string> Set, IReadOnlyList<string> Remove)
{
    /// <summary>The most keys at once.</summary>
    public const int Maximum = Limits.List;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    /// <summary>All keys.</summary>
    public IEnumerable<string> Keys => Set.Keys.Concat(Remove);

    /// <summary>Reads an object of values and a list of keys.</summary>
    /// <exception cref="ActionException">One is none.</exception>
    public static Marks Read(ActionInputs inputs, string set, string remove, bool labels)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in inputs.Object(set) ?? [])
        {
            values[CheckKey(key)] = CheckValue(key, value, labels);
        }

        var marks = new Marks(values, [.. (inputs.List(remove) ?? []).Select(CheckKey).Distinct(StringComparer.Ordinal)]);
        if (marks.Keys.FirstOrDefault(key => marks.Remove.Contains(key) && values.ContainsKey(key)) is { } both)
        {
            throw new ActionException($"{both} is both set and removed");
        }

        return marks.Keys.Count() is > 0 and <= Maximum ? marks : throw new ActionException($"give from 1 to {Maximum} keys in {set} and {remove}");
    }

    /// <summary>Whether this is a key: an optional DNS subdomain with a slash, and a name of at most 63 characters.</summary>
    public static bool IsKey(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return (slash < 0 || ObjectNames.IsSubdomain(key[..slash])) && IsName(key.AsSpan(slash + 1));
    }

    /// <summary>The patch of one of the two maps of metadata.</summary>
    public JsonObject ToPatch()
    {
        var patch = new JsonObject();
        foreach (var (key, value) in Set)
        {
            patch[key] = value;
        }

        foreach (var key in Remove)
        {
            patch[key] = null;
        }

        return patch;
    }

    private static string CheckKey(string key)
    {
        if (!IsKey(key))
        {
            throw new ActionException($"{Variables.Clean(key, Limits.Label)} is no key such as example.com/name");
        }

        return key == Names.AttemptAnnotation ? throw new ActionException($"{key} is written by every action itself") : key;
    }

    private static string CheckValue(string key, JsonNode? value, bool label)
    {
        if (value is not JsonValue || value.GetValueKind() != JsonValueKind.String)
        {
            throw new ActionException($"the value of {key} must be text; write it in quotes");
        }

        var text = value.GetValue<string>();
        return !label || text.Length == 0 || Variables.NamesIn(text).Any() || IsName(text)
            ? text
            : throw new ActionException($"the value of {key} must be at most 63 letters, digits and ._-");
    }

    private static bool IsName(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= Limits.Label && !text.ContainsAnyExcept(NameCharacters) && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1]);
}
