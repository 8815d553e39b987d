using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RunbookOperator.Api;

/// <summary>
/// Replaces secrets in text that is about to be kept or shown: those that are known, those of a known form (tokens, JWTs, private keys, cloud
/// credentials), and what stands where a secret belongs (<c>password=</c>, <c>Authorization:</c>, <c>user:password@</c> in an address). Linear in
/// the length of the text, whatever the text. What only looks random, such as a commit or an image digest, stays. Safe for many threads.
/// </summary>
public sealed class Redactor
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Replacement = "[redacted]";

    /// <summary>The shortest known secret, in characters, that is looked for: a shorter one would take half the words of a text with it.</summary>
    public const int MinimumKnownLength = 4;

    /// <summary>The shortest line of a known secret of several lines that is looked for by itself.</summary>
    public const int MinimumKnownLineLength = 8;

    private readonly string[] _known;

    /// <summary>A redactor that also knows the values of <paramref name="knownSecrets"/>, as they are and as base64, in an address and in JSON.</summary>
    public Redactor(IEnumerable<string>? knownSecrets = null) =>
        _known = [.. (knownSecrets ?? []).SelectMany(Forms).Distinct().OrderByDescending(form => form.Length)];

    /// <summary>The text without its secrets. Redacting twice changes nothing more.</summary>
    public string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = Lines();
        var result = new StringBuilder(text.Length);
        var first = true;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            if (lines.Redact(text[range]) is not { } line)
            {
                continue;
            }

            result.Append(first ? "" : "\n").Append(line);
            first = false;
        }

        return result.ToString();
    }

    /// <summary>Whether a value is, or holds, a secret: redaction would change it, or already has.</summary>
    public bool WouldChange(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Contains(Replacement, StringComparison.Ordinal) || Redact(value) != value;
    }

    /// <summary>Redacts a stream line by line. Gives the same as <see cref="Redact"/> of the whole text.</summary>
    public LineRedactor Lines() => new(this);

    internal string RedactLine(string line)
    {
        foreach (var known in _known)
        {
            line = line.Replace(known, Replacement, StringComparison.Ordinal);
        }

        line = SecretPlaces.Redact(line);
        line = SecretForms.Tokens.Replace(line, Replacement);
        line = SecretForms.Addresses.Replace(line, "${before}" + Replacement + "@");
        return SecretForms.BootstrapTokens.Replace(line, match => SecretForms.IsBootstrapToken(line, match) ? Replacement : match.Value);
    }

    private static IEnumerable<string> Forms(string secret)
    {
        var lines = secret.Split('\n', StringSplitOptions.TrimEntries);
        var plain = lines.Length == 1
            ? lines.Where(line => line.Length >= MinimumKnownLength)
            : lines.Where(line => line.Length >= MinimumKnownLineLength);
        foreach (var form in plain)
        {
            yield return form;
            yield return Uri.EscapeDataString(form);
            yield return JsonEncodedText.Encode(form).ToString();
            yield return JsonEncodedText.Encode(form, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        }

        if (secret.Length >= MinimumKnownLength)
        {
            yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('=');
        }
    }
}
