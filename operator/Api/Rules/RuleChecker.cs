using System.Collections;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace RunbookOperator.Api;

/// <summary>A rule that an object breaks, and where.</summary>
/// <param name="Path">The place, such as <c>spec.steps[2].needs[0]</c>.</param>
/// <param name="Rule">The rule.</param>
public sealed record BrokenRule(string Path, Rule Rule)
{
    /// <summary>Place and what to do, as people read it.</summary>
    public override string ToString() => $"{Path}: {Rule.Message}";
}

/// <summary>Asks all rules across fields of an object and of everything in it: what the API server does with CEL, for servers without it. Pure.</summary>
public static class RuleChecker
{
    /// <summary>The rules that <paramref name="spec"/> breaks, outer ones first.</summary>
    /// <param name="spec">The spec of any kind.</param>
    /// <param name="old">What it was; null for a new one. Rules about changes stand on specs only.</param>
    public static IEnumerable<BrokenRule> Check<T>(T spec, T? old = null)
        where T : class => Check("spec", spec, old);

    private static IEnumerable<BrokenRule> Check(string path, object self, object? old)
    {
        var own = (self.GetType().GetCustomAttribute<RulesAttribute>()?.Rules ?? [])
            .SelectMany(rule => rule.Broken(self, old).Select(place => new BrokenRule(place.Length == 0 ? path : $"{path}.{place}", rule)));
        return own.Concat(Inside(path, self).SelectMany(part => Check(part.Path, part.Value, null)));
    }

    private static IEnumerable<(string Path, object Value)> Inside(string path, object self) =>
        ApiJson.Default.GetTypeInfo(self.GetType()) is { Kind: JsonTypeInfoKind.Object } contract
            ? contract.Properties.Where(property => property.Get is not null).SelectMany(property => Parts($"{path}.{property.Name}", property.Get!(self)))
            : [];

    private static IEnumerable<(string Path, object Value)> Parts(string path, object? value) => value switch
    {
        null or string or System.Text.Json.Nodes.JsonNode => [],
        IDictionary map => map.Keys.Cast<object>().SelectMany(key => Parts($"{path}.{key}", map[key])),
        IEnumerable list => list.Cast<object?>().Select((item, i) => (Path: $"{path}[{i}]", Item: item)).Where(part => part.Item is not (null or string)).Select(part => (part.Path, part.Item!)),
        _ when value.GetType().IsValueType => [],
        _ => [(path, value)],
    };
}
