using System.Text.Json.Nodes;

namespace RunbookOperator.Generator.Cel;

/// <summary>Holds the rules of a definition against the budget of the API server, which refuses a definition that is over it.</summary>
internal static class CelBudget
{
    /// <summary>What one rule may cost, all its calls in one object together.</summary>
    public const double Rule = 10_000_000;

    /// <summary>What the rules of one definition may cost together.</summary>
    public const double Definition = 100_000_000;

    /// <summary>Every rule below <paramref name="schema"/>, with its place and what it costs at most.</summary>
    public static IEnumerable<(string Path, string Rule, double Cost)> Costs(string path, JsonObject schema, double times = 1)
    {
        foreach (var rule in schema["x-kubernetes-validations"] as JsonArray ?? [])
        {
            var text = (string)rule!["rule"]!;
            yield return (path, text, times * CelCost.Of(text, schema));
        }

        foreach (var inner in Inside(path, schema).SelectMany(part => Costs(part.Path, part.Schema, times * part.Times)))
        {
            yield return inner;
        }
    }

    /// <summary>Refuses rules that are over the budget.</summary>
    /// <exception cref="InvalidOperationException">They are.</exception>
    public static void Check(string kind, JsonObject schema)
    {
        var costs = Costs(kind, schema).ToList();
        if (costs.FirstOrDefault(cost => cost.Cost > Rule) is { Path: not null } over)
        {
            throw new InvalidOperationException($"{over.Path}: the rule {over.Rule} costs up to {over.Cost:F0}, and the API server takes {Rule:F0}");
        }

        if (costs.Sum(cost => cost.Cost) is > Definition and var sum)
        {
            throw new InvalidOperationException($"{kind}: its rules cost up to {sum:F0} together, and the API server takes {Definition:F0}");
        }
    }

    private static IEnumerable<(string Path, JsonObject Schema, double Times)> Inside(string path, JsonObject schema)
    {
        foreach (var (name, field) in schema["properties"] as JsonObject ?? [])
        {
            yield return ($"{path}.{name}", (JsonObject)field!, 1);
        }

        if (schema["items"] is JsonObject items)
        {
            yield return ($"{path}[]", items, CelSize.Of(schema));
        }

        if (schema["additionalProperties"] is JsonObject values)
        {
            yield return ($"{path}{{}}", values, CelSize.Of(schema));
        }
    }
}
