using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace RunbookOperator.Api;

/// <summary>Secrets that can be told by where they stand: behind a name such as <c>password</c>, whatever the value is.</summary>
internal static class SecretPlaces
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private const string Names = "(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|(?:access|account|auth|encryption|license|master|private|secret|shared|signing|storage)"
        + "[_-]?key|client[_-]?key[_-]?data|connection[_-]?string"
        + "|(?:access|auth|bot|personal|refresh|service|session|user)[_-]?(?:key|pat|secret|token)|requirepass|masterauth|session[_-]?id|webhook[_-]?url|[a-z0-9]_pass|pgpass|unseal[ _-]?key(?:[ _-]?[0-9]+)?)";

    private const string Quote = "(?:\\\\*[\"'])?";

    // One of these is in each of the names.
    private static readonly SearchValues<string> NameMarks = Words("pass", "pwd", "secret", "token", "key", "pat", "connection", "session", "webhook", "masterauth");

    // Each matches what stands before the secret. Not a word of what follows the name but its separator: secretName and tokens are no secrets. It is tried only on
    // a line that holds one of its words: an expression costs a hundred times as much.
    private static readonly (SearchValues<string> Marks, Regex Lead, bool Header)[] Leads =
    [
        (Words("authorization", "cookie"), new($"\\b(?:(?:proxy-)?authorization|(?:set-)?cookie){Quote}[ \\t]*[:=][ \\t]*", Linear), true),
        (NameMarks, new($"[A-Za-z0-9_.-]*{Names}{Quote}[ \\t]*(?:=>|:=|=|:)[ \\t]*", Linear), false),
        (Words("auth"), new($"(?:\\b_auth|[\"']auth){Quote}[ \\t]*[:=][ \\t]*", Linear), false),
        (NameMarks, new($"(?:^|[ \\t])--?[A-Za-z0-9-]*{Names}[ \\t]+", Linear), false),
        (Words("curl"), new("\\bcurl[ \\t](?:[^|;]*[ \\t])?(?:-u|--user)[ \\t=]*[\"']?[^\\s:\"']+:", Linear), false),
        (Words("mysql", "mariadb"), new("\\b(?:mysql|mysqldump|mysqladmin|mariadb|mariadb-dump)[ \\t](?:[^|;]*[ \\t])?-p", Linear), false),
        (Words("sshpass", "redis-cli", "ldap"), new("\\b(?:sshpass[ \\t]+-p|redis-cli[ \\t](?:[^|;]*[ \\t])?-a|ldap[a-z]+[ \\t](?:[^|;]*[ \\t])?-w)[ \\t]*", Linear), false),
        (Words("requirepass", "masterauth"), new("\\b(?:requirepass|masterauth)[ \\t]+", Linear), false),
        (Words("login"), new("\\blogin[ \\t]+[^\\s]+[ \\t]+password[ \\t]+", Linear), false),
        (Words("identified", "password"), new("\\b(?:identified[ \\t]+by|(?:with|encrypted)[ \\t]+password)[ \\t]+", Linear), false),
        (NameMarks, new($"<[A-Za-z0-9_.:-]*{Names}>", Linear), false),
        (Words("sig=", "signature=", "security-token="), new("[?&](?:sig|signature|x-amz-signature|x-amz-security-token)=", Linear), false),
    ];

    private static readonly SearchValues<char> MemberStart = SearchValues.Create(" \t-\"'");

    private static readonly Regex Bearer = new("\\b(?<before>bearer[ \\t]+)[A-Za-z0-9._~+/=-]{20,}", Linear);

    private static readonly Regex Scheme = new("^(?:basic|bearer|digest|negotiate|token)[ \\t]+", Linear);

    /// <summary>A line without what stands where a secret belongs.</summary>
    public static string Redact(string line)
    {
        foreach (var (marks, lead, header) in Leads)
        {
            line = line.AsSpan().ContainsAny(marks) ? Redact(line, lead, header) : line;
        }

        return line.Contains("bearer", StringComparison.OrdinalIgnoreCase) ? Bearer.Replace(line, "${before}" + Redactor.Replacement) : line;
    }

    private static SearchValues<string> Words(params ReadOnlySpan<string> words) => SearchValues.Create(words, StringComparison.OrdinalIgnoreCase);

    private static string Redact(string line, Regex lead, bool header)
    {
        var match = lead.Match(line);
        if (!match.Success)
        {
            return line;
        }

        var result = new StringBuilder(line.Length);
        var indent = line.AsSpan().IndexOfAnyExcept(MemberStart);
        var done = 0;
        while (match.Success)
        {
            var from = match.Index + match.Length;
            var extent = header ? ValueExtent.Header : match.Index <= indent && IsMember(match.ValueSpan) ? ValueExtent.Line : ValueExtent.Word;
            var value = SecretValue.Read(line, from, extent);
            if (header && value.Length > 0 && Scheme.Match(line, value.Start, value.Length) is { Success: true } scheme)
            {
                value = new SecretValue(value.Start + scheme.Length, value.Length - scheme.Length);
            }

            if (!IsWorkingDirectory(match.ValueSpan) && !value.IsHarmless(line))
            {
                result.Append(line, done, value.Start - done).Append(Redactor.Replacement);
                done = value.Start + value.Length;
                from = done;
            }

            match = lead.Match(line, from);
        }

        return result.Append(line, done, line.Length - done).ToString();
    }

    // "password: two words" as a member of YAML: the value is the rest of the line.
    private static bool IsMember(ReadOnlySpan<char> lead) => lead[^1] is ' ' or '\t' && lead.TrimEnd(" \t") is [.., ':'];

    // The variable that every shell has.
    private static bool IsWorkingDirectory(ReadOnlySpan<char> lead) => lead is "PWD=" or "OLDPWD=";
}
