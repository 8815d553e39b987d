using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Documents.Yaml;

namespace RunbookOperator.Documents.Editing;

/// <summary>Writes a value so that every reader of YAML takes it as it is, quoted only where it must be.</summary>
internal static class ScalarWriter
{
    private static readonly SearchValues<char> First = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_/.$(");

    private static readonly SearchValues<char> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_/.$() -@%+=^;~<>!?&*'\"|\\");

    public static string Write(JsonValue value) => value.GetValueKind() == JsonValueKind.String ? Write(value.GetValue<string>()) : value.ToJsonString();

    public static string Write(string text)
    {
        if (IsPlain(text))
        {
            return text;
        }

        return text.AsSpan().ContainsAnyInRange('\0', '\x1F') || YamlSource.FindForbidden(text) is not null
            ? DoubleQuoted(text)
            : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    private static bool IsPlain(string text) =>
        text.Length > 0 && First.Contains(text[0]) && !text.AsSpan().ContainsAnyExcept(Plain) && text[^1] != ' '
        && YamlValue.TypeOf(new YamlScalar { Start = default, Text = text, Style = YamlStyle.Plain }) == YamlType.Text;

    private static string DoubleQuoted(string text)
    {
        var result = new StringBuilder("\"");
        foreach (var c in text)
        {
            result.Append(c switch
            {
                '\n' => "\\n",
                '\t' => "\\t",
                '"' => "\\\"",
                '\\' => @"\\",
                _ when c < ' ' || YamlSource.IsForbidden(c) => "\\u" + ((int)c).ToString("X4", CultureInfo.InvariantCulture),
                _ => c.ToString(),
            });
        }

        return result.Append('"').ToString();
    }
}
