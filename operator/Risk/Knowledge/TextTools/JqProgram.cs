using System.Text.RegularExpressions;

namespace RunbookOperator.Risk.Knowledge.TextTools;

/// <summary>Looks through a program for jq, which can neither write nor run anything, but can show the environment and read modules.</summary>
internal static partial class JqProgram
{
    /// <summary>What is wrong with <paramref name="text"/>, as the end of a sentence; null if it only filters.</summary>
    public static string? Problem(string text) =>
        Reaches().IsMatch(text) ? "shows the environment or reads modules"
        : Decodes().IsMatch(text) && SecretFields().IsMatch(text) ? "decodes secrets"
        : null;

    [GeneratedRegex(@"(^|[^\w.$""])(env|\$ENV|import|include|modulemeta|get_search_list)($|\W)|\$ENV", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Reaches();

    [GeneratedRegex("@base64d", RegexOptions.NonBacktracking)]
    private static partial Regex Decodes();

    [GeneratedRegex("data|token|password|secret", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex SecretFields();
}
