using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Documents.Schema;

/// <summary>A rule across the fields of an object.</summary>
/// <param name="Holds">Whether an object keeps it.</param>
/// <param name="Message">What to tell who broke it.</param>
internal sealed record CrossRule(Func<JsonObject, bool> Holds, string Message)
{
    // The API server judges the CEL; here each expression has its equal. A rule without one fails the first read of its type, and so every test.
    private static readonly FrozenDictionary<string, Func<JsonObject, bool>> Known = new Dictionary<string, Func<JsonObject, bool>>(StringComparer.Ordinal)
    {
        ["!(has(self.fromLabel) && has(self.fromAnnotation))"] = self => !(self.ContainsKey("fromLabel") && self.ContainsKey("fromAnnotation")),
        ["[has(self.uses), has(self.run), has(self.manual)].filter(x, x).size() == 1"] =
            self => new[] { "uses", "run", "manual" }.Count(self.ContainsKey) == 1,
        ["!has(self.with) || has(self.uses)"] = self => !self.ContainsKey("with") || self.ContainsKey("uses"),
        ["has(self.variable) != has(self.step)"] = self => self.ContainsKey("variable") != self.ContainsKey("step"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IReadOnlyList<CrossRule> ReadAll(ICustomAttributeProvider attributes) =>
    [
        .. attributes.GetCustomAttributes(typeof(RuleAttribute), inherit: true).OfType<RuleAttribute>().Select(rule => new CrossRule(
            Known.GetValueOrDefault(rule.Rule) ?? throw new NotSupportedException($"the rule {rule.Rule} has no equal here"), rule.Message)),
    ];
}
