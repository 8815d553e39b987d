using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunbookOperator.Actions;

/// <summary>Label selectors of objects as the query that lists take. Pure.</summary>
internal static class Selectors
{
    /// <summary>The text of a LabelSelector, or of a Service's plain map; null where it selects nothing.</summary>
    public static string? Of(JsonNode? selector)
    {
        if (selector is not JsonObject value)
        {
            return null;
        }

        var plain = value.ContainsKey("matchLabels") || value.ContainsKey("matchExpressions") ? value["matchLabels"] as JsonObject ?? [] : value;
        var parts = plain.Where(label => label.Value?.GetValueKind() == JsonValueKind.String).Select(label => $"{label.Key}={label.Value!.GetValue<string>()}")
            .Concat(value.Items("matchExpressions").Select(Expression).OfType<string>())
            .ToList();
        return parts.Count == 0 ? null : string.Join(',', parts);
    }

    private static string? Expression(JsonNode expression)
    {
        var values = string.Join(',', expression.Items("values").Select(value => value.GetValue<string>()));
        return expression.Text("operator") switch
        {
            "In" => $"{expression.Text("key")} in ({values})",
            "NotIn" => $"{expression.Text("key")} notin ({values})",
            "Exists" => expression.Text("key"),
            "DoesNotExist" => "!" + expression.Text("key"),
            _ => null,
        };
    }
}
