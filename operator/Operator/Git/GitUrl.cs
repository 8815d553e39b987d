using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RunbookOperator.Api;

namespace RunbookOperator.Git;

/// <summary>
/// An address that is safe to hand to Git: https or ssh to a named host, without credentials in it. <c>file:</c>, <c>http:</c> and addresses of
/// this machine only where local repositories are allowed. What Git would read as an option, a helper program (<c>ext::</c>) or an scp-like
/// address cannot be made.
/// </summary>
internal sealed record GitUrl
{
    private static readonly SearchValues<char> Printable = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/[]@!$&'()*+,;=%");

    private static readonly SearchValues<char> HostCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.");

    private static readonly SearchValues<char> UserCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._");

    private static readonly string[] Schemes = ["https", "ssh", "http", "file"];

    private GitUrl(string text, string scheme) => (Text, Scheme) = (text, scheme);

    /// <summary>The address.</summary>
    public string Text { get; }

    /// <summary><c>https</c>, <c>ssh</c>, <c>http</c> or <c>file</c>.</summary>
    public string Scheme { get; }

    /// <summary>Reads an address.</summary>
    /// <param name="text">The address.</param>
    /// <param name="allowLocal">Whether <c>file:</c>, <c>http:</c> and addresses of this machine are allowed.</param>
    /// <param name="problem">What is wrong with it, in one sentence that does not repeat it; empty if nothing is.</param>
    /// <returns>The address, or null.</returns>
    public static GitUrl? Read(string? text, bool allowLocal, out string problem)
    {
        problem = Problem(text, allowLocal, out var scheme);
        return problem.Length == 0 ? new GitUrl(text!, scheme) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static string Problem(string? text, bool allowLocal, out string scheme)
    {
        scheme = "";
        if (string.IsNullOrEmpty(text) || text.Length > Limits.Address)
        {
            return $"The address must have 1 to {Limits.Address} characters.";
        }

        if (text.AsSpan().ContainsAnyExcept(Printable))
        {
            return "The address holds a character that none may hold: a space, a control character, a backslash, ? or #.";
        }

        scheme = Schemes.FirstOrDefault(known => text.StartsWith(known + "://", StringComparison.Ordinal)) ?? "";
        if (scheme.Length == 0)
        {
            return "The address must begin with https:// or ssh://.";
        }

        if (scheme is "file" or "http" && !allowLocal)
        {
            return $"{scheme}: addresses are allowed only where local repositories are.";
        }

        var rest = text[(scheme.Length + 3)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || slash == rest.Length - 1)
        {
            return "The address names no repository on its host.";
        }

        var path = PathProblem(rest[slash..]);
        return path.Length > 0 ? path : scheme == "file"
            ? slash == 0 ? "" : "A file: address must be file:///FOLDER."
            : AuthorityProblem(rest[..slash], scheme, allowLocal);
    }

    private static string AuthorityProblem(string authority, string scheme, bool allowLocal)
    {
        var at = authority.LastIndexOf('@');
        if (at >= 0)
        {
            var user = authority[..at];
            if (scheme != "ssh")
            {
                return "Credentials belong into the Secret, not into the address.";
            }

            if (user.Length == 0 || user[0] == '-' || user.AsSpan().ContainsAnyExcept(UserCharacters))
            {
                return "The user in the address must be letters, digits and ._- and not begin with a dash; a password is not allowed.";
            }
        }

        if (!SplitPort(authority[(at + 1)..], out var host))
        {
            return "The port in the address must be a number from 1 to 65535.";
        }

        if (!IsHost(host))
        {
            return "The host in the address must be a name or an IP address.";
        }

        return IsLocal(host) && !allowLocal
            ? "Addresses of this machine are allowed only where local repositories are."
            : scheme == "http" && !IsLocal(host) ? "http: is allowed for addresses of this machine only." : "";
    }

    private static bool SplitPort(string authority, out string host)
    {
        var colon = authority.StartsWith('[') ? authority.IndexOf("]:", StringComparison.Ordinal) + 1 : authority.IndexOf(':', StringComparison.Ordinal);
        host = colon > 0 ? authority[..colon] : authority;
        return colon <= 0 || (ushort.TryParse(authority.AsSpan(colon + 1), NumberStyles.None, null, out var port) && port > 0);
    }

    private static bool IsHost(string host) => host.StartsWith('[')
        ? host.EndsWith(']') && IPAddress.TryParse(host.AsSpan(1, host.Length - 2), out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
        : host.Length is > 0 and <= Limits.Subdomain && host[0] is not ('-' or '.') && !host.AsSpan().ContainsAnyExcept(HostCharacters);

    // Names that resolve to this machine are the network policy's matter; what can be seen in the address is refused here.
    private static bool IsLocal(string host)
    {
        var name = host.Trim('[', ']').TrimEnd('.');
        if (name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        // TryParse takes 127.1, 2130706433 and 0x7f000001 as well, as the C library does.
        if (!IPAddress.TryParse(name, out var address))
        {
            return false;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IPAddress.IsLoopback(plain) || plain.Equals(IPAddress.Any) || plain.Equals(IPAddress.IPv6Any) || plain.IsIPv6LinkLocal
            || (plain.AddressFamily == AddressFamily.InterNetwork && plain.GetAddressBytes() is [169, 254, ..] or [0, ..]);
    }

    private static string PathProblem(string path)
    {
        for (var i = path.IndexOf('%', StringComparison.Ordinal); i >= 0; i = path.IndexOf('%', i + 1))
        {
            if (i + 2 >= path.Length || !byte.TryParse(path.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, null, out var value)
                || value is < 0x20 or 0x7f or (byte)'/' or (byte)'.' or (byte)'%')
            {
                return "The address holds an escape that none may hold.";
            }
        }

        return path.Split('/').Any(segment => segment is ".." or "." || segment.StartsWith('-'))
            ? "A part of the path in the address is . or .. or begins with a dash."
            : "";
    }
}
