using System.Security.Cryptography;
using System.Text;
using RunbookOperator.Api;
using RunbookOperator.Executions;

namespace RunbookOperator.Tests.Acting;

public sealed class OutputReaderTests
{
    [Theory]
    [InlineData("x")]
    [InlineData("ö")]
    [InlineData("漢")]
    [InlineData("😀")]
    public void The_last_four_kilobytes_are_kept_and_no_character_is_halved(string character)
    {
        foreach (var before in new[] { "", "a", "ab", "abc" })
        {
            var text = before + string.Concat(Enumerable.Repeat(character, 5000));
            var read = Read(text);

            Assert.True(Encoding.UTF8.GetByteCount(read.Tail) is <= Limits.Output and > Limits.Output - 4);
            Assert.EndsWith(read.Tail, text, StringComparison.Ordinal);
            Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(read.Tail)));
            Assert.True(read.Truncated);
        }
    }

    [Fact]
    public void What_fits_is_kept_whole()
    {
        var text = new string('x', Limits.Output);

        Assert.Equal((text, false), (Read(text).Tail, Read(text).Truncated));
        Assert.True(OutputReader.Read("x", cut: true, null, new Redactor()).Truncated);
        Assert.Equal("", Read("").Tail);
    }

    [Fact]
    public void Control_characters_do_not_reach_a_terminal() =>
        Assert.Equal("a\tb\nc?[31md?e?f", Read("a\tb\nc\u001b[31md\u0000e\u009bf").Tail);

    [Fact]
    public void The_digest_is_of_all_of_the_output_without_its_secrets()
    {
        var text = "password=hunter2-and-more\n" + new string('x', 10_000);
        var read = Read(text);

        Assert.Equal("sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(new Redactor().Redact(text)))), read.Digest);
        Assert.NotEqual(read.Digest, Read(text + "x").Digest);
    }

    [Fact]
    public void An_output_is_the_first_match_line_by_line()
    {
        var read = Read("none\nn=1 n=2\nn=3", ("n", "n=([0-9]+)"), ("all", "n=[0-9]"), ("missing", "x=([0-9]+)"), ("across", "1.*3"));

        Assert.Equal(new Dictionary<string, string> { ["n"] = "1", ["all"] = "n=1" }, read.Variables);
        Assert.Null(read.Secret);
    }

    [Fact]
    public void A_pattern_that_cannot_be_used_gives_no_value_and_the_others_do() =>
        Assert.Equal(["n"], Read("n=1", ("bad", "("), ("n", "n=([0-9]+)")).Variables.Keys);

    [Theory]
    [InlineData("password=hunter2-and-more", "(.+)")]
    [InlineData("password=hunter2-and-more", "password=(.+)")]
    [InlineData("https://riley:hunter2-and-more@db/", "//(.*)@")]
    [InlineData("token is known-secret-value", "token is (.+)")]
    public void An_output_that_holds_a_secret_is_named(string output, string pattern)
    {
        var read = OutputReader.Read(output, false, [new StepOutput { Name = "n", Regex = pattern }], new Redactor(["known-secret-value"]));

        Assert.Equal("n", read.Secret);
        Assert.DoesNotContain("hunter2", string.Concat(read.Variables.Values) + read.Tail, StringComparison.Ordinal);
        Assert.DoesNotContain("known-secret-value", string.Concat(read.Variables.Values) + read.Tail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_is_bounded_and_is_one_line()
    {
        var value = Read("v=" + new string('x', 5000) + "\u0007", ("v", "v=(.*)")).Variables["v"];

        Assert.Equal(Limits.Value, value.Length);
    }

    [Fact]
    public void All_outputs_of_a_run_together_are_bounded_and_the_oldest_are_cut_first()
    {
        var steps = Enumerable.Range(0, Limits.Steps).Select(i => new StepStatus { Name = $"s{i}", State = StepState.Succeeded, Output = i % 10 == 0 ? null : new string('"', Limits.Output) }).ToList();

        var kept = OutputBudget.Apply(steps);

        Assert.True(kept.Sum(step => System.Text.Json.JsonSerializer.Serialize(step.Output).Length) <= Limits.OutputsTogether + (Limits.Steps * 6));
        Assert.Equal((Limits.OutputCut, true), (kept[1].Output!.Length, kept[1].Truncated));
        Assert.Equal((Limits.Output, null), (kept[^1].Output!.Length, kept[^1].Truncated));
        Assert.Equal(kept, OutputBudget.Apply(kept));
    }

    [Fact]
    public void Outputs_that_fit_together_are_left_alone()
    {
        var steps = new List<StepStatus> { new() { Name = "a", State = StepState.Succeeded, Output = new string('x', Limits.Output) } };

        Assert.Same(steps[0], Assert.Single(OutputBudget.Apply(steps)));
    }

    private static StepText Read(string output, params (string Name, string Regex)[] outputs) =>
        OutputReader.Read(output, false, [.. outputs.Select(wanted => new StepOutput { Name = wanted.Name, Regex = wanted.Regex })], new Redactor());
}
