using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RunbookOperator.Api;

/// <summary>Finds values that are known to be secret, in the forms in which programs write them. All forms are looked for at once.</summary>
internal sealed class KnownSecrets
{
    // The programs that write base64 in lines break them here: base64(1) and MIME, and PEM.
    private static readonly int[] LineLengths = [76, 64];

    private readonly SearchValues<string>? _search;
    private readonly string[] _forms;

    /// <summary>Looks for these values.</summary>
    public KnownSecrets(IEnumerable<string> secrets)
    {
        _forms = [.. secrets.SelectMany(Forms).Distinct(StringComparer.Ordinal).OrderByDescending(form => form.Length)];
        _search = _forms.Length == 0 ? null : SearchValues.Create(_forms, StringComparison.Ordinal);
    }

    /// <summary>The line without them. Where two overlap, both go.</summary>
    public string Redact(string line)
    {
        var at = _search is null ? -1 : line.AsSpan().IndexOfAny(_search);
        if (at < 0)
        {
            return line;
        }

        var result = new StringBuilder(line.Length);
        var (done, end) = (0, -1);
        while (at >= 0)
        {
            if (at > end)
            {
                result.Append(line, done, at - done).Append(Redactor.Replacement);
            }

            end = Math.Max(end, at + LengthAt(line, at));
            done = end;
            var next = line.AsSpan(at + 1).IndexOfAny(_search!);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return result.Append(line, done, line.Length - done).ToString();
    }

    private int LengthAt(string line, int at) => _forms.First(form => line.AsSpan(at).StartsWith(form, StringComparison.Ordinal)).Length;

    private static IEnumerable<string> Forms(string secret)
    {
        var lines = secret.Split('\n', StringSplitOptions.TrimEntries);
        var shortest = lines.Length == 1 ? Redactor.MinimumKnownLength : Redactor.MinimumKnownLineLength;
        return lines.Where(line => line.Length >= shortest).SelectMany(Texts).Concat(lines.Append(secret).SelectMany(Encoded));
    }

    private static IEnumerable<string> Texts(string secret)
    {
        var escaped = Uri.EscapeDataString(secret);
        var form = WebUtility.UrlEncode(secret);
        return
        [
            secret, escaped, Lower(escaped), form, Lower(form), WebUtility.HtmlEncode(secret),
            JsonEncodedText.Encode(secret).ToString(), JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(),
            secret.Replace("'", "'\\''", StringComparison.Ordinal), secret.Replace("\"", "\\\"", StringComparison.Ordinal),
        ];
    }

    // %2F and %2f are the same address.
    private static string Lower(string escaped)
    {
        var result = new StringBuilder(escaped);
        for (var i = escaped.IndexOf('%', StringComparison.Ordinal); i >= 0 && i + 2 < escaped.Length; i = escaped.IndexOf('%', i + 3))
        {
            result[i + 1] = char.ToLowerInvariant(result[i + 1]);
            result[i + 2] = char.ToLowerInvariant(result[i + 2]);
        }

        return result.ToString();
    }

    private static IEnumerable<string> Encoded(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        if (secret.Length < Redactor.MinimumKnownLength)
        {
            return [];
        }

        var hex = bytes.Length >= Redactor.MinimumKnownLineLength ? [Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes)] : Array.Empty<string>();
        var base64 = Enumerable.Range(0, 3).Select(before => Base64(bytes, before)).Append(Convert.ToBase64String(bytes).TrimEnd('='));
        return base64.SelectMany(InLines).SelectMany(text => new[] { text, text.Replace('+', '-').Replace('/', '_') })
            .Where(text => text.Length >= Redactor.MinimumKnownLength).Concat(hex);
    }

    // What the bytes look like behind that many others: only the characters that depend on nothing else.
    private static string Base64(byte[] bytes, int before)
    {
        var text = Convert.ToBase64String([.. new byte[before], .. bytes]);
        var first = before == 0 ? 0 : before + 1;
        var whole = (before + bytes.Length) * 8 / 6;
        return whole > first ? text[first..whole] : "";
    }

    private static IEnumerable<string> InLines(string text) =>
        LineLengths.SelectMany(length => text.Chunk(length)).Select(line => new string(line)).Where(line => line.Length >= Redactor.MinimumKnownLineLength).Prepend(text);
}
