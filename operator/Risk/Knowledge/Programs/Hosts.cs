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
}
