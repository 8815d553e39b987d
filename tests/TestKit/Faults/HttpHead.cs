using System.Globalization;
using System.Text;

namespace RunbookOperator.TestKit;

/// <summary>The start line and the headers of an HTTP/1.1 message, as they were sent: repeated headers stay repeated.</summary>
/// <param name="StartLine">The first line.</param>
/// <param name="Headers">Names and values, in order.</param>
internal sealed record HttpHead(string StartLine, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    private const string Length = "Content-Length";
    private const string Encoding = "Transfer-Encoding";

    public bool IsChunked => Value(Encoding)?.Contains("chunked", StringComparison.OrdinalIgnoreCase) == true;

    public int? ContentLength => Value(Length) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    public bool Closes => string.Equals(Value("Connection"), "close", StringComparison.OrdinalIgnoreCase);

    /// <summary>The code of an answer.</summary>
    public int Status => int.Parse(StartLine.Split(' ')[1], CultureInfo.InvariantCulture);

    public static HttpHead Parse(ReadOnlySpan<byte> bytes)
    {
        var lines = System.Text.Encoding.Latin1.GetString(bytes).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(static line =>
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            return KeyValuePair.Create(line[..colon], line[(colon + 1)..].Trim());
        });
        return new HttpHead(lines[0], [.. headers]);
    }

    /// <summary>The first header of that name.</summary>
    public string? Value(string name) => Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The head of a message with a body of that length.</summary>
    public HttpHead WithLength(int length) => this with
    {
        Headers = [.. Headers.Where(static header => !IsFraming(header.Key)), KeyValuePair.Create(Length, length.ToString(CultureInfo.InvariantCulture))],
    };

    /// <summary>As it goes over the wire.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder(StartLine).Append("\r\n");
        foreach (var (name, value) in Headers)
        {
            text.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        return System.Text.Encoding.Latin1.GetBytes(text.Append("\r\n").ToString());
    }

    private static bool IsFraming(string name) =>
        name.Equals(Length, StringComparison.OrdinalIgnoreCase) || name.Equals(Encoding, StringComparison.OrdinalIgnoreCase);
}
