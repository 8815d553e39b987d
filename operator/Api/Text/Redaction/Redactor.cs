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

    private readonly IReadOnlyCollection<string> _secrets;
    private readonly KnownSecrets _known;

    /// <summary>A redactor that also knows the values of <paramref name="knownSecrets"/>, as they are and as base64, in an address, in JSON and as
    /// hexadecimal digits.</summary>
    public Redactor(IEnumerable<string>? knownSecrets = null)
    {
        _secrets = [.. (knownSecrets ?? []).Distinct(StringComparer.Ordinal)];
        _known = new KnownSecrets(_secrets);
    }

    /// <summary>A redactor that knows these values too.</summary>
    public Redactor With(IEnumerable<string> knownSecrets) => new(_secrets.Concat(knownSecrets));

    /// <summary>The text without its secrets. Redacting twice changes nothing more.</summary>
    public string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = Lines();
        var result = new System.Text.StringBuilder(text.Length);
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
        line = SecretForms.Tokens.Redact(SecretPlaces.Redact(_known.Redact(line)));
        line = line.Contains("://", StringComparison.Ordinal) ? SecretForms.Addresses.Replace(line, "${before}" + Replacement + "@") : line;
        line = line.Contains('$', StringComparison.Ordinal) ? SecretForms.Hashes.Replace(line, Replacement) : line;
        line = line.AsSpan().Count(':') >= SecretForms.PasswordFileColons ? SecretForms.PasswordFile.Replace(line, "${before}" + Replacement) : line;
        return SecretForms.Checked.Aggregate(line, static (text, form) => form.Regex.Replace(text, match => form.Is(text, match) ? Replacement : match.Value));
    }
}
