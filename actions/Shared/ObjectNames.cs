using System.Buffers;
using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>What Kubernetes takes as a name.</summary>
internal static class ObjectNames
{
    private static readonly SearchValues<char> Dns = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly SearchValues<char> KindCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");

    /// <summary>A DNS-1123 label: what namespaces and most containers are called.</summary>
    public static bool IsLabel(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= Limits.Label && !text.ContainsAnyExcept(Dns) && text[0] != '-' && text[^1] != '-';

    /// <summary>A DNS-1123 subdomain: what most objects are called.</summary>
    public static bool IsSubdomain(string text)
    {
        if (text.Length is 0 or > Limits.Subdomain)
        {
            return false;
        }

        foreach (var part in text.AsSpan().Split('.'))
        {
            if (text.AsSpan(part) is not { Length: > 0 } label || label.ContainsAnyExcept(Dns) || label[0] == '-' || label[^1] == '-')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What any object may be called, <c>system:node</c> among them: one segment of a path.</summary>
    public static bool IsSegment(string text) =>
        text.Length is > 0 and <= Limits.Subdomain && text is not ("." or "..") && !text.Any(c => c is '/' or '%' or '\\' || char.IsControl(c) || c > '~' || c == ' ');

    /// <summary>A kind, its plural or its short name, with its group or without.</summary>
    public static bool IsKind(string text) => text.Length is > 0 and <= Limits.Subdomain && !text.AsSpan().ContainsAnyExcept(KindCharacters);
}
