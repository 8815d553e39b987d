namespace RunbookOperator.Risk.Languages.Http;

/// <summary>Says what a request does, from its method and its URL. Values that are not known may stand in the query and, if bounded, late in the path.</summary>
internal static class HttpReader
{
    /// <summary>Judges a request. <paramref name="hasBody"/> matters only for methods that read.</summary>
    public static IReadOnlyList<CodeFinding> Read(string method, string url, bool hasBody = false)
    {
        var findings = new CodeFindings();
        var parts = HttpUrl.Parse(url);
        var span = new TextSpan(0, url.Length);
        if (parts.Scheme == "file" && (parts.Host.Length == 0 || parts.Host == "localhost"))
        {
            findings.Reads(span, Uri.UnescapeDataString(parts.Path));
            if (parts.IsOpen)
            {
                findings.Add("http.path", span, url);
            }

            return findings.All;
        }

        if (parts.Scheme is { } scheme && HttpTable.Has("fileTransfer", scheme))
        {
            findings.Reads(span, Uri.UnescapeDataString(parts.Path));
        }

        JudgePlace(parts, method, span, url, findings);
        switch (method)
        {
            case "GET" or "HEAD" or "OPTIONS":
                JudgeRead(parts, span, url, findings);
                if (hasBody && !parts.Segments.Any(part => HttpTable.Has("searches", part)))
                {
                    findings.Add("http.write", span, url);
                }

                break;
            case "POST" or "PUT" or "PATCH":
                JudgeWrite(parts, span, url, findings);
                break;
            case "DELETE" or "PURGE":
                findings.Add("http.delete", span, url);
                break;
            default:
                findings.Add("http.method", span, method);
                break;
        }

        return findings.All;
    }

    /// <summary>Where the request goes, and what it shows whatever the method is.</summary>
    private static void JudgePlace(HttpUrl parts, string method, TextSpan span, string url, CodeFindings findings)
    {
        if (!SpeaksHttp(parts))
        {
            findings.Add(parts.Scheme is not null && CodeFindings.HoldsValue(parts.Scheme) ? "http.host" : "http.scheme", span, url);
        }

        if (!parts.NamesHost)
        {
            findings.Add("http.host", span, url);
        }
        else if (parts.IsOpen)
        {
            findings.Add("http.path", span, url);
        }

        var segments = parts.Segments;
        var isMetadata = HttpTable.Has("metadataHosts", parts.Name);
        if (segments.Any(part => HttpTable.Has("secretParts", part)) || (isMetadata && !segments.All(part => HttpTable.Has("metadataParts", part))) || (isMetadata && segments.Count == 0)
            || (isMetadata && parts.Parameters.Any(one => one.Name == "recursive"))
            || ShowsStore(parts) || IsVault(parts) || segments is ["api", "definitions", ..] or ["v1", "var", _, ..])
        {
            findings.Add("http.secret", span, url);
        }

        if (parts.Port is "2375" or "2376")
        {
            findings.Add(method is "GET" or "HEAD" ? "http.socket" : "http.socket-write", span, url);
        }

        var hasPassword = parts.User?.IndexOf(':', StringComparison.Ordinal) is int colon and >= 0 && !CodeFindings.HoldsValue(parts.User[colon..]);
        if (hasPassword || parts.Parameters.Any(one => HttpTable.Has("secretParameters", one.Name) && one.Value.Length > 0 && !CodeFindings.HoldsValue(one.Value)))
        {
            findings.Add("http.credentials", span, url);
        }
    }

    // Without a scheme curl takes it from the first part of the host's name.
    private static bool SpeaksHttp(HttpUrl parts) => parts.Scheme is { } scheme
        ? HttpTable.Has("schemes", scheme) || HttpTable.Has("fileTransfer", scheme)
        : !(parts.Host.Split('.')[0] is "ftp" or "dict" or "ldap" or "imap" or "smtp" or "pop3");

    private static void JudgeRead(HttpUrl parts, TextSpan span, string url, CodeFindings findings)
    {
        if (IsSubresource(parts.Segments))
        {
            findings.Add("http.kubernetes", span, url);
        }

        if (HttpActs.IsBounded(parts))
        {
            findings.Add("http.act", span, url);
        }

        if (HttpActs.Acts(parts))
        {
            findings.Add("http.destroy", span, url);
        }

        if (parts.Parameters.Any(one => CodeFindings.HoldsValue(one.Name)))
        {
            findings.Add("http.path", span, url);
        }

        findings.Add("http.read", span, url);
    }

    private static void JudgeWrite(HttpUrl parts, TextSpan span, string url, CodeFindings findings)
    {
        var segments = parts.Segments;
        if (segments.Any(part => HttpTable.Has("destroys", part)) || parts.Parameters.Any(HttpActs.ActsByParameter))
        {
            findings.Add("http.destroy", span, url);
        }
        else if (segments is ["apis", _, _, ..] or ["api", "v1", "namespaces" or "nodes" or "persistentvolumes", ..])
        {
            findings.Add("http.kubernetes", span, url);
        }

        findings.Add("http.write", span, url);
    }

    // Everything below a key of Consul or etcd, where some keys hold passwords.
    private static bool ShowsStore(HttpUrl parts) =>
        parts.Segments is ["v1", "kv", ..] or ["v2", "keys", ..] && parts.Parameters.Any(one => one.Name is "recurse" or "recursive" && !HttpTable.Has("refusals", one.Value));

    // All but `sys` of Vault are stores of secrets.
    private static bool IsVault(HttpUrl parts) => (parts.Port == "8200" || parts.Name.StartsWith("vault", StringComparison.Ordinal)) && parts.Segments is ["v1", not "sys", ..];

    // `/api/v1/namespaces/x/pods/y/exec`.
    private static bool IsSubresource(IReadOnlyList<string> segments) =>
        segments is ["api", "v1", ..] or ["apis", ..] && segments.Any(part => HttpTable.Has("subresources", part));
}
