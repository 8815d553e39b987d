using RunbookOperator.Risk.Evaluation;

namespace RunbookOperator.Risk.Languages.Http;

/// <summary>A URL in parts, as curl cuts it: the scheme may be missing, and parts may hold values that are not known.</summary>
/// <param name="Scheme">In lower case; null if none is written.</param>
/// <param name="User">What stands before <c>@</c>; null if nothing does.</param>
/// <param name="Host">With the port, in lower case.</param>
/// <param name="Path">From the first slash on; empty if there is none.</param>
/// <param name="Query">Behind the first <c>?</c>; empty if there is none.</param>
internal sealed record HttpUrl(string? Scheme, string? User, string Host, string Path, string Query)
{
    /// <summary>Cuts <paramref name="text"/> into its parts. Any text is a URL of some kind.</summary>
    public static HttpUrl Parse(string text)
    {
        var fragment = text.IndexOf('#', StringComparison.Ordinal);
        text = fragment < 0 ? text : text[..fragment];
        var mark = text.IndexOf("://", StringComparison.Ordinal);
        var scheme = mark < 0 ? null : text[..mark].ToLowerInvariant();
        var rest = mark < 0 ? text : text[(mark + 3)..];
        var end = rest.AsSpan().IndexOfAny('/', '?');
        var authority = end < 0 ? rest : rest[..end];
        var target = end < 0 ? "" : rest[end..];
        var at = authority.LastIndexOf('@');
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return new HttpUrl(
            scheme,
            at < 0 ? null : authority[..at],
            authority[(at + 1)..].ToLowerInvariant(),
            query < 0 ? target : target[..query],
            query < 0 ? "" : target[(query + 1)..]);
    }

    /// <summary>The host without its port.</summary>
    public string Name
    {
        get
        {
            var colon = Host.LastIndexOf(':');
            return colon > Host.LastIndexOf(']') ? Host[..colon] : Host;
        }
    }

    /// <summary>Whether the host is plain text that says which machine is asked.</summary>
    public bool NamesHost => Name.Length > 0 && !Host.EndsWith(':') && User?.Contains('\\') != true && Host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ':' or '[' or ']') && !IsHiddenAddress(Name);

    /// <summary>The parts of the path, decoded once and in lower case, empty ones left out.</summary>
    public IReadOnlyList<string> Segments => [.. Decode(Path).ToLowerInvariant().Split('/', '\\', ';').Where(part => part.Length > 0)];

    /// <summary>What the last part of the path names: itself and its own parameters, without what looks like the ending of a file, its letters as they are written.</summary>
    public IReadOnlyList<string> LastNames =>
        Decode(Path).Split('/', '\\').LastOrDefault(part => part.Length > 0 && part != ".") is { } last ? [.. last.Split(';').Select(WithoutEnding)] : [];

    /// <summary>The port as it is written; empty if none is.</summary>
    public string Port => Host[Name.Length..].TrimStart(':');

    /// <summary>The parameters of the query, decoded once and in lower case; a value is empty where there is none.</summary>
    public IEnumerable<(string Name, string Value)> Parameters => Query.Split('&', ';').Where(part => part.Length > 0).Select(part =>
    {
        var equals = part.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (Decode(part).ToLowerInvariant(), "") : (Decode(part[..equals]).ToLowerInvariant(), Decode(part[(equals + 1)..]).ToLowerInvariant());
    });

    /// <summary>Whether the place of a path depends on more than is written: unbounded values, patterns of curl, dots that climb, or a beginning from a value.</summary>
    public bool IsOpen
    {
        get
        {
            var path = Decode(Path);
            return path.Contains(Argument.Opaque) || path.AsSpan().IndexOfAny("{}[]") >= 0 || path.Contains("..", StringComparison.Ordinal) || path.Contains('%')
                || (path.Length > 1 && path[1] is Argument.Bounded or Argument.Names);
        }
    }

    // Addresses can be written as one number, in octal or in hexadecimal.
    private static bool IsHiddenAddress(string host)
    {
        var parts = host.Split('.');
        var allNumbers = parts.All(part => part.Length > 0 && (part.All(char.IsAsciiDigit) || part.StartsWith("0x", StringComparison.Ordinal)));
        return allNumbers && (parts.Length != 4 || parts.Any(part => part.Length > 3 || (part.Length > 1 && part[0] == '0')));
    }

    private static string WithoutEnding(string name) => name.LastIndexOf('.') is > 0 and var dot ? name[..dot] : name;

    private static string Decode(string text) => text.Contains('%') ? Uri.UnescapeDataString(text) : text;
}
