using RunbookOperator.Learning;

namespace RunbookOperator.Operator.Tests;

public sealed class UnifiedDiffTests
{
    [Theory]
    [InlineData("a\n", "a\n", "")]
    [InlineData("a\nb\nc\nd\ne\nf\n", "a\nb\nc\nd\nx\ne\nf\n", "@@ -2,5 +2,6 @@\n b\n c\n d\n+x\n e\n f\n")]
    [InlineData("a\nb\nc\n", "a\nc\n", "@@ -1,3 +1,2 @@\n a\n-b\n c\n")]
    [InlineData("a\nb\nc\n", "a\nx\nc\n", "@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n")]
    [InlineData("", "a\n", "@@ -0,0 +1 @@\n+a\n")]
    [InlineData("a\n", "", "@@ -1 +0,0 @@\n-a\n")]
    [InlineData("a\na\n", "a\na\na\n", "@@ -1,2 +1,3 @@\n a\n a\n+a\n")]
    [InlineData("a", "a\nb", "@@ -1 +1,2 @@\n-a\n\\ No newline at end of file\n+a\n+b\n\\ No newline at end of file\n")]
    public void A_change_in_one_place_is_one_hunk(string before, string after, string hunk) =>
        Assert.Equal(hunk.Length == 0 ? "" : "--- a/f.yaml\n+++ b/f.yaml\n" + hunk, UnifiedDiff.Of("f.yaml", before, after));

    [Theory]
    [InlineData("a\nb\n", "a\nx\ny\nb\n", "more\nx\ny\n", true)]
    [InlineData("a\nb\n", "a\nx\ny\nb\n", "x\nmore\ny\n", false)]
    [InlineData("a\nb\n", "a\nx\ny\nb\n", "a\nb\n", false)]
    [InlineData("a\nx\nb\n", "a\nb\n", "a\nb\nc\n", true)]
    [InlineData("a\nx\nb\n", "a\nb\n", "c\r\nx\r\n", false)]
    public void What_is_carried_out_is_seen_in_any_text(string before, string after, string text, bool there) =>
        Assert.Equal(there, UnifiedDiff.IsIn(UnifiedDiff.Of("f.yaml", before, after), text));
}
