using System.Text.RegularExpressions;

namespace RunbookOperator.Risk.Knowledge.Kubectl;

/// <summary>Reads the kinds of a manifest that stands in the command itself. It looks only; nothing is decided to be harmless by it.</summary>
internal static partial class Manifest
{
    /// <summary>Every value of a field <c>kind</c>, in YAML or JSON, in lower case; nested ones too.</summary>
    public static IEnumerable<string> Kinds(string manifest) =>
        KindFields().Matches(manifest).Select(match => match.Groups["kind"].Value.ToLowerInvariant());

    [GeneratedRegex("""["']?kind["']?\s*:\s*["']?(?<kind>[A-Za-z]+)""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex KindFields();
}
