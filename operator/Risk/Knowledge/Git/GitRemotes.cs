using RunbookOperator.Risk.Evaluation;

namespace RunbookOperator.Risk.Knowledge.Git;

/// <summary>Other repositories: the name of a remote, a URL, <c>user@host:path</c> or a path.</summary>
internal static class GitRemotes
{
    /// <summary>Judges where git connects to.</summary>
    public static void Judge(Argument remote, Findings findings)
    {
        var text = remote.Text;
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (text.Contains("::", StringComparison.Ordinal))
        {
            findings.Add("git.transport", remote);
        }
        else if (scheme < 0)
        {
            JudgeShort(remote, findings);
        }
        else
        {
            JudgeUrl(remote, scheme + "://".Length, findings);
        }
    }

    // A name, a path, or a host before the first colon.
    private static void JudgeShort(Argument remote, Findings findings)
    {
        var colon = remote.Text.IndexOf(':', StringComparison.Ordinal);
        var host = colon < 0 ? remote : remote with { Text = remote.Text[..colon] };
        if (remote.BeginsUnknown || remote.HasOpaque || remote.Splits || (colon >= 0 && host.HasMarker))
        {
            findings.Add("program.unknown-host", remote);
        }
    }

    private static void JudgeUrl(Argument remote, int start, Findings findings)
    {
        var end = remote.Text.IndexOf('/', start);
        var head = remote with { Text = end < 0 ? remote.Text : remote.Text[..end] };
        if (head.HasMarker || remote.Splits)
        {
            findings.Add("program.unknown-host", remote);
            return;
        }

        var at = head.Text.IndexOf('@', start);
        if (at > 0 && head.Text.AsSpan(start, at - start).Contains(':'))
        {
            findings.Add("program.secret", remote.Span, "A password in the URL");
        }
    }
}
