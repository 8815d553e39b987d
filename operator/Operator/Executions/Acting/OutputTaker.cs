using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RunbookOperator.Api;

namespace RunbookOperator.Executions;

/// <summary>Takes variables from an output, line by line as it comes, or from the whole of it as JSON. It sees the redacted text: a value that
/// holds a secret shows the mark that stands in its place. For one thread.</summary>
internal sealed class OutputTaker
{
    private readonly Redactor _redactor;
    private readonly List<(string Name, Regex Regex)> _byLine;
    private readonly List<(string Name, JsonPath Path)> _byPath;
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    // The whole text, as long as it may be read as JSON; null if nobody asks for it.
    private readonly StringBuilder? _json;

    /// <summary>Takes <paramref name="outputs"/>. A pattern that cannot be used gives no value, and the others do.</summary>
    public OutputTaker(IReadOnlyList<StepOutput>? outputs, Redactor redactor)
    {
        _redactor = redactor;
        _byLine = [];
        _byPath = [];
        foreach (var wanted in outputs ?? [])
        {
            if (wanted.JsonPath is { } text && JsonPath.TryParse(text, out var path, out _))
            {
                _byPath.Add((wanted.Name, path!));
            }
            else if (wanted.JsonPath is null && wanted.Regex is { } expression && Re2.TryCompile(expression, Re2Scope.Search, out var regex, out _))
            {
                _byLine.Add((wanted.Name, regex!));
            }
        }

        _json = _byPath.Count == 0 ? null : new StringBuilder();
    }

    /// <summary>The values.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>The first variable whose value holds a secret, or null.</summary>
    public string? Secret { get; private set; }

    /// <summary>The next line.</summary>
    public void Line(string line)
    {
        if (_json?.Length <= Limits.JsonOutput)
        {
            _json.Append(line).Append('\n');
        }

        foreach (var (name, regex) in _byLine)
        {
            if (!_values.ContainsKey(name) && regex.Match(line) is { Success: true } match)
            {
                Keep(name, match.Groups.Count > 1 ? match.Groups[1].Value : match.Value);
            }
        }
    }

    /// <summary>There are no more lines. What is no JSON, or too long to be read as such, has no values.</summary>
    public void End()
    {
        if (_json is null || _json.Length > Limits.JsonOutput + 1 || Json(_json.ToString()) is not { } json)
        {
            return;
        }

        foreach (var (name, path) in _byPath)
        {
            if (path.Find(json) is { } found)
            {
                Keep(name, found);
            }
        }
    }

    private void Keep(string name, string value)
    {
        Secret ??= _redactor.WouldChange(value) ? name : null;
        _values[name] = Variables.Clean(value, Limits.Value);
    }

    private static JsonNode? Json(string output)
    {
        try
        {
            return JsonNode.Parse(output);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
