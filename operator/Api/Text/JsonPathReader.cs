using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace RunbookOperator.Api;

/// <summary>Reads the text of a <see cref="JsonPath"/>, from left to right.</summary>
internal sealed class JsonPathReader(string text)
{
    private const string Filter = "[?(@";

    private readonly string _text = text.StartsWith('{') && text.EndsWith('}') && text.Length > 1 ? text[1..^1] : text;
    private int _at;

    /// <summary>The path, or what is wrong with it.</summary>
    public (JsonPath? Path, string? Error) Read()
    {
        var parts = new List<Func<JsonNode?, IEnumerable<JsonNode?>>>();
        _at = _text.StartsWith('$') ? 1 : 0;
        while (_at < _text.Length)
        {
            if (parts.Count == Limits.PathParts)
            {
                return (null, $"it has more than {Limits.PathParts} parts");
            }

            if (Part() is not { } part)
            {
                return (null, $"it cannot be read from \"{Variables.Clean(_text[Math.Min(_at, _text.Length)..], Limits.Label)}\" on: "
                    + "names such as .a, ['a b'], [0], [*] and [?(@.a==\"b\")] are understood");
            }

            parts.Add(part);
        }

        return parts.Count == 0 ? (null, "it names nothing") : (new JsonPath(parts), null);
    }

    private Func<JsonNode?, IEnumerable<JsonNode?>>? Part() =>
        _text[_at] == '.' ? Member()
        : Starts(Filter) ? Where()
        : _text[_at] == '[' ? Bracket()
        : _at == 0 ? Name() is { } name ? Named(name) : null
        : null;

    private Func<JsonNode?, IEnumerable<JsonNode?>>? Member()
    {
        _at++;
        if (_at < _text.Length && _text[_at] == '*')
        {
            _at++;
            return All;
        }

        return Name() is { } name ? Named(name) : null;
    }

    private Func<JsonNode?, IEnumerable<JsonNode?>>? Bracket()
    {
        var end = _text.IndexOf(']', _at);
        if (end > _at + 1 && _text[_at + 1] is '\'' or '"')
        {
            var start = _at + 1;
            _at++;
            return Quoted() is { } name && Take(']') ? Named(name) : Back(start);
        }

        var inner = end < 0 ? "" : _text[(_at + 1)..end];
        if (inner == "*")
        {
            _at = end + 1;
            return All;
        }

        if (!int.TryParse(inner, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index))
        {
            return null;
        }

        _at = end + 1;
        return node => node is JsonArray items && (index < 0 ? items.Count + index : index) is var i and >= 0 && i < items.Count ? [items[i]] : [];
    }

    // [?(@.a.b=="c")]: the items of which the member has this value.
    private Func<JsonNode?, IEnumerable<JsonNode?>>? Where()
    {
        var start = _at;
        _at += Filter.Length;
        var names = new List<string>();
        while (_at < _text.Length && _text[_at] == '.' && names.Count < Limits.PathParts)
        {
            _at++;
            if (Name() is not { } name)
            {
                return Back(start);
            }

            names.Add(name);
        }

        if (names.Count == 0 || !Take('=') || !Take('=') || Value() is not { } wanted || !Take(')') || !Take(']'))
        {
            return Back(start);
        }

        return node => node is JsonArray items ? items.Where(item => JsonPath.Text(names.Aggregate(item, (inner, name) => (inner as JsonObject)?[name])) == wanted) : [];
    }

    private string? Value()
    {
        if (_at < _text.Length && _text[_at] is '\'' or '"')
        {
            return Quoted();
        }

        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '.' or '-'))
        {
            _at++;
        }

        return _at == start ? null : _text[start.._at];
    }

    private string? Quoted()
    {
        var end = _text.IndexOf(_text[_at], _at + 1);
        if (end < 0)
        {
            return null;
        }

        var value = _text[(_at + 1)..end];
        _at = end + 1;
        return value;
    }

    // A dot of the name itself is written \. as kubectl wants it.
    private string? Name()
    {
        var name = new StringBuilder();
        for (; _at < _text.Length; _at++)
        {
            var escaped = _text[_at] == '\\' && _at + 1 < _text.Length;
            if (!escaped && !(char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '-' or '/'))
            {
                break;
            }

            name.Append(_text[escaped ? ++_at : _at]);
        }

        return name.Length == 0 ? null : name.ToString();
    }

    private bool Starts(string what) => _text.AsSpan(_at).StartsWith(what, StringComparison.Ordinal);

    private bool Take(char wanted)
    {
        if (_at >= _text.Length || _text[_at] != wanted)
        {
            return false;
        }

        _at++;
        return true;
    }

    private Func<JsonNode?, IEnumerable<JsonNode?>>? Back(int start)
    {
        _at = start;
        return null;
    }

    private static Func<JsonNode?, IEnumerable<JsonNode?>> Named(string name) => node => (node as JsonObject)?[name] is { } member ? [member] : [];

    private static IEnumerable<JsonNode?> All(JsonNode? node) => node switch
    {
        JsonArray items => items,
        JsonObject members => members.Select(member => member.Value),
        _ => [],
    };
}
