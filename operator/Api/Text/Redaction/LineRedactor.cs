using System.Text;

namespace RunbookOperator.Api;

/// <summary>Redacts one stream line by line; remembers whether it is inside a private key. For one thread.</summary>
public sealed class LineRedactor
{
    /// <summary>The most lines taken for one private key whose end is not seen: a key of 16,384 bits has about 200.</summary>
    public const int MaximumKeyLines = 256;

    private const string Begin = "-----BEGIN ";
    private const string End = "-----END ";
    private const string PrivateKey = "PRIVATE KEY";
    private const string Dashes = "-----";

    // PuTTY's own files: the number of lines that follow stands behind it.
    private const string PuttyLines = "Private-Lines:";

    private readonly Redactor _redactor;
    private int _keyLines;
    private int _puttyLines;

    internal LineRedactor(Redactor redactor) => _redactor = redactor;

    /// <summary>The next line without its secrets.</summary>
    /// <param name="line">The line without its line feed.</param>
    /// <returns>Null if the whole line belongs to a private key for which <see cref="Redactor.Replacement"/> already stands.</returns>
    public string? Redact(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (_puttyLines > 0)
        {
            _puttyLines--;
            return null;
        }

        if (line.IndexOf(PuttyLines, StringComparison.Ordinal) is >= 0 and var lines)
        {
            _ = int.TryParse(line.AsSpan(lines + PuttyLines.Length), out var count);
            _puttyLines = Math.Clamp(count, 0, MaximumKeyLines);
            return line[..(lines + PuttyLines.Length)] + " " + Redactor.Replacement;
        }

        var start = 0;
        var inside = _keyLines > 0;
        if (inside)
        {
            start = EndOfMarker(line, End, 0, out _);
            if (start < 0)
            {
                _keyLines = _keyLines < MaximumKeyLines ? _keyLines + 1 : 0;
                return null;
            }

            _keyLines = 0;
        }

        var rest = WithoutKeys(line[start..]);
        return inside && rest.AsSpan().IsWhiteSpace() ? null : _redactor.RedactLine(rest);
    }

    private string WithoutKeys(string line)
    {
        var body = EndOfMarker(line, Begin, 0, out var begin);
        if (body < 0)
        {
            return line;
        }

        var result = new StringBuilder();
        var from = 0;
        while (body >= 0)
        {
            result.Append(line, from, begin - from).Append(Redactor.Replacement);
            from = EndOfMarker(line, End, body, out _);
            if (from < 0)
            {
                _keyLines = 1;
                return result.ToString();
            }

            body = EndOfMarker(line, Begin, from, out begin);
        }

        return result.Append(line, from, line.Length - from).ToString();
    }

    // "-----BEGIN RSA PRIVATE KEY-----", "-----END PGP PRIVATE KEY BLOCK-----": of certificates and public keys nothing is hidden.
    private static int EndOfMarker(string line, string marker, int from, out int start)
    {
        start = line.IndexOf(marker, from, StringComparison.Ordinal);
        while (start >= 0)
        {
            var label = start + marker.Length;
            var dashes = line.IndexOf(Dashes, label, StringComparison.Ordinal);
            if (dashes < 0)
            {
                return -1;
            }

            if (line.AsSpan(label, dashes - label).Contains(PrivateKey, StringComparison.Ordinal))
            {
                return dashes + Dashes.Length;
            }

            start = line.IndexOf(marker, label, StringComparison.Ordinal);
        }

        return -1;
    }
}
