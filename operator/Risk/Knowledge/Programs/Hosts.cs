using RunbookOperator.Risk.Evaluation;

namespace RunbookOperator.Risk.Knowledge.Programs;

/// <summary>Where a command connects to must be written in it.</summary>
internal static class Hosts
{
    /// <summary>Judges a host, with a user before and a port behind it or without.</summary>
    public static void JudgeHost(Argument host, Findings findings)
    {
        if (!host.IsLiteral)
        {
            findings.Add("program.unknown-host", host);
        }
    }

    /// <summary>Judges the host of a URL, written with its scheme or without.</summary>
    public static void JudgeUrl(Argument url, Findings findings)
    {
        var scheme = url.Text.IndexOf("://", StringComparison.Ordinal);
        var start = scheme < 0 ? 0 : scheme + 3;
        var end = url.Text.AsSpan(start).IndexOfAny('/', '?', '#');
        var head = url with { Text = end < 0 ? url.Text : url.Text[..(start + end)] };
        if (head.HasMarker || url.Splits)
        {
            findings.Add("program.unknown-host", url);
        }
        else if (url.Text.AsSpan(start, head.Text.Length - start).Contains('@'))
        {
            findings.Add("program.secret", url.Span, "A user in the URL");
        }
    }

    /// <summary>Judges the name of a database, in whose place many clients take a URL or <c>key=value</c> pairs as well.</summary>
    public static void JudgeDatabase(Argument name, Findings findings)
    {
        if (name.BeginsUnknown || name.HasOpaque)
        {
            findings.Add("program.unknown-host", name);
        }
        else if (name.Text.Contains("://", StringComparison.Ordinal))
        {
            JudgeDatabaseUrl(name, findings);
        }
        else if (name.Text.Contains("password=", StringComparison.OrdinalIgnoreCase) && !name.HasMarker)
        {
            findings.Add("program.secret", name.Span, "A password in the connection");
        }
        else if (name.Text.Contains('=') && name.HasMarker)
        {
            findings.Add("program.unknown-host", name);
        }
    }

    private static void JudgeDatabaseUrl(Argument url, Findings findings)
    {
        var start = url.Text.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = url.Text.AsSpan(start).IndexOfAny('/', '?');
        var authority = end < 0 ? url.Text[start..] : url.Text.Substring(start, end);
        var at = authority.LastIndexOf('@');
        if ((url with { Text = authority[(at + 1)..] }).HasMarker || authority.Length == 0 || url.Splits)
        {
            findings.Add("program.unknown-host", url);
        }
        else if (at > 0 && authority.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon && colon < at && !(url with { Text = authority[colon..at] }).HasMarker)
        {
            findings.Add("program.secret", url.Span, "A password in the URL");
        }
    }
}
