using System.Diagnostics;
using System.Text;

namespace RunbookOperator.Documents.Tests;

public sealed class HostileInputTests
{
    // Far above what a refusal takes, far below what reading the whole would.
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);

    public static TheoryData<string, string, string> Bombs => new()
    {
        { "brackets", new string('[', 9000), "a.yaml:1:33: error RBK002: lists and mappings are nested deeper than 32" },
        { "braces", Repeat("{a: ", 9000), "a.yaml:1:129: error RBK002: lists and mappings are nested deeper than 32" },
        { "dashes", Repeat("- ", 9000), "a.yaml:1:65: error RBK002: lists and mappings are nested deeper than 32" },
        { "questions", Repeat("? ", 9000), "a.yaml:1:65: error RBK002: lists and mappings are nested deeper than 32" },
        { "nodes", "a:\n" + Repeat("- b\n", 20_000), "a.yaml:19999:3: error RBK002: the file has more than 20000 keys and values" },
        { "documents", Repeat("--- a\n", 20_001), "a.yaml:20001:5: error RBK002: the file has more than 20000 keys and values" },
        { "a long line", "a: \"" + new string('x', 300_000) + "\"", "a.yaml:1:1: error RBK002: the file has 300005 bytes; the most is 262144" },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_bomb_is_refused_at_once_with_its_place(string name, string text, string expected)
    {
        Assert.NotEmpty(name);
        Read.Text("a: b");
        var watch = Stopwatch.StartNew();
        var result = Read.Text(text);
        Assert.True(watch.Elapsed < AtOnce, $"took {watch.Elapsed}");
        Assert.Empty(result.Runbooks);
        Assert.Equal(expected, result.Problems[^1].ToString());
    }

    [Fact]
    public void An_alias_bomb_expands_nothing()
    {
        var text = new StringBuilder(Read.Head + "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 10; i++)
        {
            text.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        var watch = Stopwatch.StartNew();
        var result = Read.Text(text.ToString());
        Assert.True(watch.Elapsed < AtOnce, $"took {watch.Elapsed}");
        Assert.Empty(result.Runbooks);
        Assert.Equal("a.yaml:4:5: error RBK003: the anchor &a0 is not read; write the value out where it is used", result.Problems[0].ToString());
        Assert.Equal("a.yaml:5:10: error RBK003: the alias *a0 is not read; write the value out", result.Problems[2].ToString());
    }

    [Theory]
    [InlineData("spec: !!map {}", "a.yaml:4:7: error RBK003: the tag \"tag:yaml.org,2002:map\" is not read; write text in quotes, and anything else as it is")]
    [InlineData("spec: !x y", "a.yaml:4:7: error RBK003: the tag \"!x\" is not read; write text in quotes, and anything else as it is")]
    [InlineData("spec: {<<: {title: x}}", "a.yaml:4:8: error RBK003: the merge key << is not read; write the values out")]
    [InlineData("spec: {title: a, title: b}", "a.yaml:4:18: error RBK005: the key \"title\" stands twice in this mapping")]
    [InlineData("kind: Runbook", "a.yaml:4:1: error RBK005: the key \"kind\" stands twice in this mapping")]
    [InlineData("spec: {[a]: b}", "a.yaml:4:8: error RBK009: a key must be text")]
    [InlineData("spec: {on: b}", "a.yaml:4:8: error RBK009: the key \"on\" is not read as text; write 'on' in quotes")]
    [InlineData("spec: {title: \"a\\0b\"}", "a.yaml:4:15: error RBK004: the value holds the character U+0000, which is not shown to readers")]
    [InlineData("spec: {title: \"\\u202e\"}", "a.yaml:4:15: error RBK004: the value holds the character U+202E, which is not shown to readers")]
    [InlineData("spec: a\u0001", "a.yaml:4:8: error RBK004: the character U+0001 is not shown to readers, and not allowed")]
    [InlineData("# \u2066", "a.yaml:4:3: error RBK004: the character U+2066 is not shown to readers, and not allowed")]
    [InlineData("spec: \uFEFF", "a.yaml:4:7: error RBK004: the character U+FEFF is not shown to readers, and not allowed")]
    [InlineData("spec: a\u2028b", "a.yaml:4:8: error RBK004: the character U+2028 is not shown to readers, and not allowed")]
    [InlineData("spec: a\rb", "a.yaml:4:8: error RBK004: a carriage return without a line feed")]
    [InlineData("spec: [1,", "a.yaml:5:1: error RBK001: this is not YAML: while parsing a node, did not find expected node content")]
    [InlineData("spec: [1,\nb", "a.yaml:4:8: error RBK001: this is not YAML: what begins here is not complete")]
    [InlineData("spec: 'x", "a.yaml:4:7: error RBK001: this is not YAML: while scanning a quoted scalar, found unexpected end of stream")]
    [InlineData("spec: a: b", "a.yaml:4:8: error RBK001: this is not YAML: while scanning a plain scalar value, found invalid mapping")]
    public void What_is_not_plain_YAML_is_refused_with_its_place(string line, string expected)
    {
        var result = Read.Text(Read.Head + line);
        Assert.Empty(result.Runbooks);
        Assert.Equal(expected, result.Problems[0].ToString());
    }

    [Fact]
    public void A_directive_is_refused()
    {
        Assert.Equal("a.yaml:1:1: error RBK003: a directive (a line that begins with %) is not read; remove it",
            Read.Text("%TAG ! tag:x,2000:\n---\n" + Read.Head).Problems[0].ToString());
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused_with_their_place()
    {
        var result = new RunbookReader().Read("a.yaml", new byte[] { (byte)'a', (byte)':', (byte)'\n', 0xC3, 0xA9, (byte)' ', 0xFF });
        Assert.Equal("a.yaml:2:3: error RBK004: the file is not UTF-8", Assert.Single(result.Problems).ToString());
    }

    [Fact]
    public void A_file_in_UTF16_is_refused()
    {
        var result = new RunbookReader().Read("a.yaml", Encoding.Unicode.GetBytes("\uFEFFkind: Runbook"));
        Assert.Equal("a.yaml:1:1: error RBK004: the file is not UTF-8", Assert.Single(result.Problems).ToString());
    }

    [Fact]
    public void A_byte_order_mark_at_the_start_is_passed_over()
    {
        var result = Read.Text("\uFEFF" + Read.Head + "spec: {title: a, stepz: []}");
        Assert.Equal("a.yaml:4:18: error RBK006: unknown field \"stepz\" in spec; did you mean \"steps\"?", result.Problems[1].ToString());
    }

    [Theory]
    [InlineData("wеb", "metadata.name is \"wеb\"; it must match")]
    [InlineData("Web", "metadata.name is \"Web\"; it must match")]
    [InlineData("-web", "metadata.name is \"-web\"; it must match")]
    [InlineData("../web", "metadata.name is \"../web\"; it must match")]
    [InlineData("a2345678901234567890123456789012345678901", "metadata.name has 41 characters; the most is 40")]
    public void A_name_is_plain_and_short(string name, string expected)
    {
        var result = Read.Text($"apiVersion: runbooks.dev/v1alpha1\nkind: Runbook\nmetadata: {{name: {name}}}\nspec: {{title: a, steps: [{{name: a, manual: b}}]}}");
        Assert.StartsWith($"a.yaml:3:18: error RBK010: {expected}", Assert.Single(result.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_problems_told_of_one_file_are_bounded()
    {
        var result = Read.Spec("spec:\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"  x{i}: 1\n")));
        Assert.Equal(DocumentLimits.Problems + 1, result.Problems.Count);
        Assert.Equal("a.yaml:105:3: error RBK002: more than 100 problems; the rest is not told", result.Problems[^1].ToString());
    }

    [Fact]
    public void A_message_never_carries_control_characters_or_whole_values()
    {
        var problem = Read.Spec($"spec: {{title: a, steps: [], \"{new string('x', 5000)}\\n\": 1}}").Problems[0];
        Assert.InRange(problem.Message.Length, 1, 200);
        Assert.DoesNotContain(problem.Message, char.IsControl);
    }

    [Fact]
    public void The_deepest_and_the_longest_that_are_allowed_are_read()
    {
        var deepest = new string('[', DocumentLimits.Depth) + new string(']', DocumentLimits.Depth);
        Assert.Equal(1, Read.Text(deepest).Ignored);
        Assert.Equal(1, Read.Text("a: '" + new string('x', DocumentLimits.Bytes - 5) + "'").Ignored);
        Assert.Equal(DocumentLimits.Nodes, Read.Text(string.Concat(Enumerable.Repeat("--- a\n", DocumentLimits.Nodes))).Ignored);
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
