using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Executions;

/// <summary>Makes of a step's output what is kept of it: secrets removed, the last part, a digest of all, and the variables. Pure.</summary>
internal static class OutputReader
{
    /// <summary>Reads <paramref name="output"/>.</summary>
    /// <param name="output">The output as it came.</param>
    /// <param name="cut">Whether there was more than was read.</param>
    /// <param name="outputs">The variables to take.</param>
    /// <param name="redactor">Removes secrets.</param>
    public static StepText Read(string output, bool cut, IReadOnlyList<StepOutput>? outputs, Redactor redactor)
    {
        var clean = Printable(redactor.Redact(output));
        var tail = Utf8Tail.Of(clean, Limits.Output);
        var variables = Take(clean, outputs, redactor, out var secret);
        return new StepText(
            tail, cut || tail.Length < clean.Length, "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(clean))), variables, secret);
    }

    // From the redacted text: a value that holds a secret shows the mark that stands in its place.
    private static Dictionary<string, string> Take(string output, IReadOnlyList<StepOutput>? outputs, Redactor redactor, out string? secret)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var json = default(JsonNode);
        secret = null;
        foreach (var wanted in outputs ?? [])
        {
            if (wanted.JsonPath is { } path)
            {
                if (JsonPath.TryParse(path, out var parsed, out _) && parsed!.Find(json ??= Json(output)) is { } found)
                {
                    Keep(wanted.Name, found, values, redactor, ref secret);
                }

                continue;
            }

            if (wanted.Regex is not { } expression || !Re2.TryCompile(expression, Re2Scope.Search, out var regex, out _))
            {
                continue;
            }

            foreach (var line in output.AsSpan().EnumerateLines())
            {
                var match = regex!.Match(line.ToString());
                if (!match.Success)
                {
                    continue;
                }

                Keep(wanted.Name, match.Groups.Count > 1 ? match.Groups[1].Value : match.Value, values, redactor, ref secret);
                break;
            }
        }

        return values;
    }

    private static void Keep(string name, string value, Dictionary<string, string> values, Redactor redactor, ref string? secret)
    {
        secret ??= redactor.WouldChange(value) ? name : null;
        values[name] = Variables.Clean(value, Limits.Value);
    }

    // What is no JSON, or too long to be read as such, has no values.
    private static JsonNode Json(string output)
    {
        try
        {
            return output.Length <= Limits.JsonOutput && JsonNode.Parse(output) is { } json ? json : new JsonObject();
        }
        catch (JsonException)
        {
            return new JsonObject();
        }
    }

    // Line breaks and tabs stay; every other control character could act on the terminal of whoever reads it.
    private static string Printable(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = char.IsControl(source[i]) && source[i] is not ('\n' or '\t') ? '?' : source[i];
        }
    });
}
