using System.Text.RegularExpressions;

namespace RunbookOperator.Kubernetes;

/// <summary>The version of an API server.</summary>
/// <param name="Major">The first number; 0 if it cannot be told.</param>
/// <param name="Minor">The second number; 0 if it cannot be told.</param>
/// <param name="Text">As the server writes it, such as <c>v1.29.3-gke.100</c>.</param>
public sealed partial record ServerVersion(int Major, int Minor, string Text)
{
    /// <summary>Whether it is this version or a newer one.</summary>
    public bool IsAtLeast(int major, int minor) => (Major, Minor).CompareTo((major, minor)) >= 0;

    /// <inheritdoc/>
    public override string ToString() => Text;

    // Builds by hand leave major and minor empty, and some providers write "20+": the full text is what all fill in.
    internal static ServerVersion From(Info answer)
    {
        var text = answer.GitVersion ?? "";
        var match = Numbers().Match(text);
        return match.Success
            ? new ServerVersion(Number(match.Groups["major"].Value), Number(match.Groups["minor"].Value), text)
            : new ServerVersion(Number(answer.Major), Number(answer.Minor), text.Length > 0 ? text : $"{answer.Major}.{answer.Minor}");
    }

    private static int Number(string? text) => int.TryParse((text ?? "").TrimEnd('+'), out var number) ? number : 0;

    [GeneratedRegex("^v(?<major>[1-9][0-9]{0,4})\\.(?<minor>[0-9]{1,5})", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Numbers();

    /// <summary>version.Info, as far as it is used.</summary>
    internal sealed record Info(string? Major, string? Minor, string? GitVersion);
}
