using System.Diagnostics;

namespace RunbookOperator.Risk.Tests;

/// <summary>No text is too long, too deep or too twisted.</summary>
public sealed class LimitTests
{
    // Far above what is needed, so that a busy machine does not fail the test, and far below what a quadratic reading would take.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(2);

    private static RiskVerdict Classify(string command) => new RiskClassifier().Classify(command);

    [Fact]
    public void A_command_of_the_longest_length_is_read() =>
        Assert.Equal(RiskLevel.Safe, Classify("echo " + new string('x', RiskClassifier.MaximumLength - 5)).Level);

    [Fact]
    public void A_longer_one_is_dangerous_unread()
    {
        var reason = Assert.Single(Classify("echo " + new string('x', RiskClassifier.MaximumLength)).Reasons);
        Assert.Equal("text.too-long", reason.Rule);
    }

    [Fact]
    public void A_text_of_64_KiB_is_refused_at_once()
    {
        var watch = Stopwatch.StartNew();
        Assert.Equal(RiskLevel.Dangerous, Classify(new string('(', 64 * 1024)).Level);
        Assert.True(watch.Elapsed < Bound, $"took {watch.Elapsed}");
    }

    [Theory]
    [InlineData("(")]
    [InlineData("$(")]
    [InlineData("{ ")]
    [InlineData("((")]
    [InlineData("`")]
    [InlineData("${x:-")]
    [InlineData("\"$(")]
    [InlineData("<(")]
    [InlineData("$((")]
    [InlineData("a[")]
    [InlineData("if ")]
    [InlineData("case x in a) ")]
    [InlineData("[[ $(")]
    [InlineData("f() ")]
    [InlineData("! ")]
    [InlineData("x=(")]
    [InlineData("<<A ")]
    [InlineData("x=$x$x;")]
    [InlineData("command ")]
    [InlineData("kubectl exec x -- ")]
    [InlineData("echo a;")]
    [InlineData("x=$x;y=$y;")]
    [InlineData("\\\n")]
    public void Ten_thousand_of_anything_neither_overflow_nor_take_long(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 10_000));
        var watch = Stopwatch.StartNew();
        _ = RunbookOperator.Risk.Syntax.ShellParser.Parse(text);
        _ = Classify(text[..Math.Min(text.Length, RiskClassifier.MaximumLength)]);
        Assert.True(watch.Elapsed < Bound, $"took {watch.Elapsed}");
    }

    [Fact]
    public void Nesting_as_people_write_it_is_read()
    {
        var text = string.Concat(Enumerable.Repeat("echo $(", 20)) + "true" + new string(')', 20);
        Assert.Equal(RiskLevel.Safe, Classify(text).Level);
    }

    [Fact]
    public void Variables_that_double_their_text_are_cut_off()
    {
        var text = "a=xxxxxxxxxx;" + string.Concat(Enumerable.Range(0, 24).Select(n => $"{(char)('a' + n + 1)}=${(char)('a' + n)}${(char)('a' + n)};")) + "kubectl logs $y";
        Assert.Equal(RiskLevel.Dangerous, Classify(text).Level);
    }

    [Fact]
    public void A_verdict_keeps_the_riskiest_reasons()
    {
        var verdict = Classify(string.Concat(Enumerable.Repeat("true; ", 500)) + "rm x");
        Assert.Equal(RiskLevel.Dangerous, verdict.Reasons[0].Level);
        Assert.Equal(RunbookOperator.Risk.Evaluation.Findings.MaximumReasons, verdict.Reasons.Count);
    }
}
