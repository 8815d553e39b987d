using System.Globalization;
using System.Text;

namespace RunbookOperator.Runtime;

/// <summary>The pieces of Prometheus' text format 0.0.4. Pure.</summary>
internal static class PrometheusText
{
    /// <summary>The media type of a page.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>A name that the format allows: other characters become underscores.</summary>
    public static string Name(string name)
    {
        var text = new StringBuilder(name.Length + 1);
        foreach (var character in name)
        {
            text.Append(char.IsAsciiLetterOrDigit(character) || character == '_' ? character : '_');
        }

        return text.Length == 0 || char.IsAsciiDigit(text[0]) ? "_" + text : text.ToString();
    }

    /// <summary>Labels between braces, by name; empty if there are none.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        var pairs = new List<string>(tags.Length);
        foreach (var (name, value) in tags)
        {
            pairs.Add($"{Name(name)}=\"{Escape(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", quotes: true)}\"");
        }

        pairs.Sort(StringComparer.Ordinal);
        return $"{{{string.Join(',', pairs)}}}";
    }

    /// <summary>The same labels and one more, last.</summary>
    public static string With(string labels, string name, string value) =>
        labels.Length == 0 ? $"{{{name}=\"{value}\"}}" : $"{labels[..^1]},{name}=\"{value}\"}}";

    /// <summary>A number.</summary>
    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>A text on one line: backslashes and line ends, and quotes in labels, are escaped.</summary>
    public static string Escape(string text, bool quotes = false)
    {
        text = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? text.Replace("\"", "\\\"", StringComparison.Ordinal) : text;
    }
}
