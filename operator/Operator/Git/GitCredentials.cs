using System.Text;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Git;

/// <summary>What proves to a Git server who asks, and what proves the server. Never printed.</summary>
internal sealed class GitCredentials
{
    private const int MaximumHeader = 16 * 1024;

    private GitCredentials()
    {
    }

    /// <summary>Nothing: the server must let anybody in.</summary>
    public static GitCredentials None { get; } = new();

    /// <summary>The header of http requests, or null.</summary>
    public string? Header { get; private init; }

    /// <summary>Certificates in PEM that the server's must lead to, or null for those of the machine.</summary>
    public byte[]? CertificateAuthority { get; private init; }

    /// <summary>The private key for ssh, or null.</summary>
    public byte[]? Identity { get; private init; }

    /// <summary>The host keys for ssh, or null.</summary>
    public byte[]? KnownHosts { get; private init; }

    /// <summary>Texts that must not appear in anything that is shown.</summary>
    public IReadOnlyList<string> Secrets { get; private init; } = [];

    /// <summary>Reads a Secret with Flux's keys: <c>username</c> and <c>password</c>, or <c>bearerToken</c>; <c>ca.crt</c>; <c>identity</c> and
    /// <c>known_hosts</c>.</summary>
    /// <param name="secret">The Secret.</param>
    /// <param name="problem">What is wrong with it, in one sentence without its values; empty if nothing is.</param>
    public static GitCredentials Read(Secret secret, out string problem)
    {
        var (user, password, token) = (Text(secret, "username"), Text(secret, "password"), Text(secret, "bearerToken"));
        problem = Problem(user, password, token);
        if (problem.Length > 0)
        {
            return None;
        }

        var basic = password is null ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user ?? "git"}:{password}"));
        return new GitCredentials
        {
            Header = basic is not null ? $"Authorization: Basic {basic}" : token is not null ? $"Authorization: Bearer {token}" : null,
            CertificateAuthority = Bytes(secret, "ca.crt"),
            Identity = Bytes(secret, "identity"),
            KnownHosts = Bytes(secret, "known_hosts"),
            Secrets = [.. new[] { basic, password, token }.OfType<string>()],
        };
    }

    private static string Problem(string? user, string? password, string? token) =>
        password is not null && token is not null ? "The Secret has a password and a bearerToken; give one."
        : user is not null && password is null ? "The Secret has a username and no password."
        : user?.Contains(':', StringComparison.Ordinal) == true ? "The username in the Secret holds a colon."
        : (user?.Length ?? 0) + (password?.Length ?? 0) + (token?.Length ?? 0) > MaximumHeader ? "The credentials in the Secret are too long."
        : token?.Any(c => c is <= ' ' or >= '\u007f') == true ? "The bearerToken in the Secret holds a character that a header cannot."
        : "";

    // Secrets made from files end with a newline that nobody means.
    private static string? Text(Secret secret, string key) =>
        Bytes(secret, key) is { } bytes && Encoding.UTF8.GetString(bytes).TrimEnd('\r', '\n') is { Length: > 0 } text ? text : null;

    private static byte[]? Bytes(Secret secret, string key) =>
        secret.Data?.TryGetValue(key, out var bytes) == true && bytes.Length > 0 ? bytes : null;
}
