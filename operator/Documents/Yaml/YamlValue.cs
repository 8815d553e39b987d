using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RunbookOperator.Documents.Yaml;

/// <summary>What a plain scalar means.</summary>
internal enum YamlType
{
    Text,
    Null,
    Flag,
    Number,

    /// <summary>A number that JSON cannot hold: <c>.inf</c> or <c>.nan</c>.</summary>
    NotFinite,
}

/// <summary>
/// What kubectl makes of a scalar before it sends JSON, so that a file means the same to both. kubectl reads YAML 1.1 as Go's yaml.v2 does:
/// <c>yes</c>, <c>no</c>, <c>on</c>, <c>off</c>, <c>y</c> and <c>n</c> are flags, <c>010</c> and <c>0x8</c> are numbers, <c>1_000</c> too,
/// and a date is text.
/// </summary>
internal static class YamlValue
{
    private static readonly Regex Fraction = new(
        @"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public static YamlType TypeOf(YamlScalar scalar) => Resolve(scalar).Type;

    public static JsonNode? ToJson(YamlScalar scalar) => Resolve(scalar).Value;

    private static (YamlType Type, JsonNode? Value) Resolve(YamlScalar scalar)
    {
        var text = scalar.Text;
        if (scalar.Style != YamlStyle.Plain)
        {
            return (YamlType.Text, JsonValue.Create(text));
        }

        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return (YamlType.Null, null);
            case "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON":
                return (YamlType.Flag, JsonValue.Create(true));
            case "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF":
                return (YamlType.Flag, JsonValue.Create(false));
            case ".nan" or ".NaN" or ".NAN" or ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" or "-.inf" or "-.Inf" or "-.INF":
                return (YamlType.NotFinite, null);
        }

        return (char.IsAsciiDigit(text[0]) || text[0] is '+' or '-' or '.') && Number(text) is { } number
            ? number
            : (YamlType.Text, JsonValue.Create(text));
    }

    private static (YamlType Type, JsonNode? Value)? Number(string text)
    {
        var plain = text[0] == '.' ? text : text.Replace("_", string.Empty, StringComparison.Ordinal);
        var digits = plain.TrimStart('+', '-');
        if (plain.Length - digits.Length <= 1 && Whole(digits) is { } magnitude)
        {
            return plain[0] != '-' ? (YamlType.Number, magnitude <= long.MaxValue ? JsonValue.Create((long)magnitude) : JsonValue.Create(magnitude))
                : magnitude <= long.MaxValue ? (YamlType.Number, JsonValue.Create(-(long)magnitude))
                : (YamlType.Number, JsonValue.Create(-(double)magnitude));
        }

        if (!Fraction.IsMatch(plain))
        {
            return null;
        }

        var value = double.Parse(plain, NumberStyles.Float, CultureInfo.InvariantCulture);
        return !double.IsFinite(value) ? null
            : value == Math.Truncate(value) && Math.Abs(value) < 1e15 ? (YamlType.Number, JsonValue.Create((long)value))
            : (YamlType.Number, JsonValue.Create(value));
    }

    private static ulong? Whole(string digits)
    {
        var (radix, from) = digits switch
        {
            ['0', 'x' or 'X', _, ..] => (16, 2),
            ['0', 'b' or 'B', _, ..] => (2, 2),
            ['0', 'o' or 'O', _, ..] => (8, 2),
            ['0', _, ..] => (8, 1),
            [_, ..] => (10, 0),
            _ => (0, 0),
        };
        if (radix == 0)
        {
            return null;
        }

        UInt128 value = 0;
        foreach (var c in digits.AsSpan(from))
        {
            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : 99;
            value = (value * (uint)radix) + (uint)digit;
            if (digit >= radix || value > ulong.MaxValue)
            {
                return null;
            }
        }

        return (ulong)value;
    }
}
