using System.Text.RegularExpressions;

namespace RunbookOperator.Operator.Tests.Docs;

public sealed partial class LinkTests
{
    public static TheoryData<string> All => [.. Pages.All];

    [Theory]
    [MemberData(nameof(All))]
    public void A_relative_link_leads_somewhere(string page)
    {
        var broken = Links().Matches(WithoutCode(Pages.Read(page))).Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !Exists(page, target));

        Assert.Empty(broken);
    }

    [Theory]
    [InlineData("What happens on a crash", "what-happens-on-a-crash")]
    [InlineData("RunbookRepository (rbrepo)", "runbookrepository-rbrepo")]
    [InlineData("`run` steps", "run-steps")]
    public void A_heading_has_the_anchor_that_forges_give_it(string heading, string anchor) => Assert.Equal(anchor, Anchor(heading));

    private static bool Exists(string page, string target)
    {
        var parts = target.Split('#');
        var file = parts[0].Length == 0 ? Pages.FullPath(page) : Path.Combine(Path.GetDirectoryName(Pages.FullPath(page))!, parts[0]);
        return parts.Length == 1
            ? File.Exists(file) || Directory.Exists(file)
            : File.Exists(file) && Headings().Matches(WithoutCode(File.ReadAllText(file))).Any(match => Anchor(match.Groups["text"].Value) == parts[1]);
    }

    private static string Anchor(string heading) =>
        string.Concat(heading.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is '-' or '_' or ' ').Select(c => c == ' ' ? '-' : c));

    // What stands between two fences is an example: every second part.
    private static string WithoutCode(string text) =>
        string.Concat(("\n" + text).Split("\n```").Where((_, i) => i % 2 == 0));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.NonBacktracking)]
    private static partial Regex Links();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.NonBacktracking | RegexOptions.Multiline)]
    private static partial Regex Headings();
}
