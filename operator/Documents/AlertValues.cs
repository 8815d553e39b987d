using RunbookOperator.Api;

namespace RunbookOperator.Documents;

/// <summary>Values that the labels and annotations of an alert give to parameters.</summary>
public static class AlertValues
{
    /// <summary>The values, by name of the parameter. An empty label gives none.</summary>
    public static Dictionary<string, string> Of(
        IReadOnlyList<RunbookParameter>? parameters, IReadOnlyDictionary<string, string> labels, IReadOnlyDictionary<string, string>? annotations)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in parameters ?? [])
        {
            var value = parameter.FromLabel is { } label ? labels.GetValueOrDefault(label)
                : parameter.FromAnnotation is { } annotation ? annotations?.GetValueOrDefault(annotation)
                : null;
            if (value is { Length: > 0 })
            {
                values[parameter.Name] = Variables.Clean(value, Limits.Value);
            }
        }

        return values;
    }
}
