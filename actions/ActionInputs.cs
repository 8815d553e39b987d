using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>The inputs of an action, read by type.</summary>
/// <param name="values">What stands under <c>with</c>; null for nothing.</param>
public sealed class ActionInputs(JsonObject? values)
{
    /// <summary>The values as they stand.</summary>
    public JsonObject Values { get; } = values ?? [];

    /// <summary>The inputs as they stand in the runbook, before values were filled in.</summary>
    public ActionInputs Written => _written ?? this;

    /// <summary>The variables that were filled in; empty before.</summary>
    public IReadOnlyDictionary<string, string> Given { get; private init; } = new Dictionary<string, string>();

    private readonly ActionInputs? _written;

    /// <summary>The text of an input, or null if it is not given. Numbers and flags are given as text.</summary>
    public string? Text(string name) => Values[name] is JsonValue value
        ? value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString()
        : null;

    /// <summary>The text of an input that must be there.</summary>
    /// <exception cref="ActionException">It is not given.</exception>
    public string Required(string name) => Text(name) is { Length: > 0 } text ? text : throw new ActionException($"the input {name} is missing");

    /// <summary>The number of an input, or null if it is not given.</summary>
    /// <exception cref="ActionException">It is not a whole number.</exception>
    public long? Number(string name) => Text(name) is not { } text
        ? null
        : long.TryParse(text, out var number) ? number : throw new ActionException($"the input {name} must be a whole number");

    /// <summary>The duration of an input, or null if it is not given.</summary>
    /// <exception cref="ActionException">It is not a duration.</exception>
    public TimeSpan? Time(string name) => Text(name) is not { } text
        ? null
        : Duration.TryParse(text, out var duration) ? duration.Value : throw new ActionException($"the input {name} must be a duration such as 30s");

    /// <summary>Whether an input is <c>true</c>; false if it is not given.</summary>
    /// <exception cref="ActionException">It is neither true nor false.</exception>
    public bool Flag(string name) => Text(name) switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw new ActionException($"the input {name} must be true or false"),
    };

    /// <summary>The texts of a list, or null if it is not given.</summary>
    /// <exception cref="ActionException">It is no list of texts.</exception>
    public IReadOnlyList<string>? List(string name) => Values[name] switch
    {
        null => null,
        JsonArray items when items.All(item => item?.GetValueKind() == JsonValueKind.String) => [.. items.Select(item => item!.GetValue<string>())],
        _ => throw new ActionException($"the input {name} must be a list of texts"),
    };

    /// <summary>The object of an input, or null if it is not given.</summary>
    /// <exception cref="ActionException">It is no object.</exception>
    public JsonObject? Object(string name) => Values[name] switch
    {
        null => null,
        JsonObject value => value,
        _ => throw new ActionException($"the input {name} must be an object"),
    };

    /// <summary>The objects of a list, or null if it is not given.</summary>
    /// <exception cref="ActionException">It is no list of objects.</exception>
    public IReadOnlyList<JsonObject>? Objects(string name) => Values[name] switch
    {
        null => null,
        JsonArray items when items.All(item => item is JsonObject) => [.. items.OfType<JsonObject>()],
        _ => throw new ActionException($"the input {name} must be a list of objects"),
    };

    /// <summary>Whether an input still holds <c>${name}</c>, at any depth: its value is not known before the run.</summary>
    public bool IsOpen(string name) => TextsIn(Values[name]).SelectMany(Variables.NamesIn).Any();

    /// <summary>The variables that stand in the inputs, at any depth.</summary>
    public IEnumerable<string> VariableNames => Values.SelectMany(value => TextsIn(value.Value)).SelectMany(Variables.NamesIn).Distinct();

    /// <summary>Fills <c>${name}</c> in every text, at any depth.</summary>
    /// <param name="variables">The values.</param>
    /// <param name="missing">The first variable that has no value, or null.</param>
    public ActionInputs Fill(IReadOnlyDictionary<string, string> variables, out string? missing)
    {
        string? first = null;
        var filled = (JsonObject)Fill(Values, variables, ref first)!;
        missing = first;
        return new ActionInputs(filled, this, variables);
    }

    private ActionInputs(JsonObject filled, ActionInputs written, IReadOnlyDictionary<string, string> given)
        : this(filled)
    {
        _written = written.Written;
        Given = given;
    }

    private static IEnumerable<string> TextsIn(JsonNode? node) => node switch
    {
        JsonObject value => value.SelectMany(member => TextsIn(member.Value)),
        JsonArray items => items.SelectMany(TextsIn),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [value.GetValue<string>()],
        _ => [],
    };

    private static JsonNode? Fill(JsonNode? node, IReadOnlyDictionary<string, string> variables, ref string? missing)
    {
        switch (node)
        {
            case JsonObject value:
                var members = new JsonObject();
                foreach (var (name, member) in value)
                {
                    members[name] = Fill(member, variables, ref missing);
                }

                return members;
            case JsonArray value:
                var items = new JsonArray();
                foreach (var item in value)
                {
                    items.Add(Fill(item, variables, ref missing));
                }

                return items;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                if (Variables.TryFill(value.GetValue<string>(), variables, out var text))
                {
                    return JsonValue.Create(text);
                }

                missing ??= text;
                return null;
            default:
                return node?.DeepClone();
        }
    }
}
