using System.Diagnostics;

namespace RunbookOperator.Risk.Tests;

/// <summary>No text is too long, too deep or too twisted.</summary>
public sealed class LimitTests
{
    // Far above what is needed, so that a busy machine does not fail the test, and far below what a quadratic reading would take.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(2);

    // A thousand times what `make bench-risk` shows; eight times the length read quadratically takes longer.
    private static readonly TimeSpan LongBound = TimeSpan.FromSeconds(10);

    private const int Longest = 64 * 1024;

    private static readonly RiskClassifier Unlimited = new() { LongestRead = 2 * Longest };

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

    /// <summary>What could make a parser deep, quadratic or long.</summary>
    public static TheoryData<string> Bombs =>
    [
        "(", "$(", "{ ", "((", "$((", "`", "\\`", "\"`", "${x:-", "\"${x:-", "\"$(", "<(", "a[", "a[$(", "if ", "case x in a) ", "case a in b) c;; ", "[[ ", "[[ ( ", "[[ $(", "[[ a =~ (", "f() ", "f() { ", "! ", "time ", "coproc ",
        "x=(", "a[0]=1 ", "<<A ", "<<A $(:) ", "<<A\n", "cat <<A\na\nA\n", "cat <<A\n$(", "{1..999999}", "{a,b}", "{", "}", "@(", "@(a|", "$'\\x41'", "$'", "'", "\"", "\\", "\\\n", "$", "${", "$[", "#", "# a\n", "`:` ", "`echo \\`",
        "a|", "a&&", "a;", "a&", ";", "&", "|", "\n", " ", "\t", "~", "*", "?", "x=$x$x;", "x=$x;y=$y;", "$x", "${x}", "$x ", "for x in a; do ", "for ((;;)); do ", "while a; do ", "select x in a; do ", "function f ", "1>", "{x}>a ", "&>a ", "<<<",
        "((1));", "$((1)) ", "echo $(:) ", "echo \"$(:)\" ", "export a=b ", "a=b ", "command ", "kubectl exec x -- ", "sudo ", "env ", "xargs ", "sh -c '", "echo a;", "eval ", "trap ", "\u00e9", "\ud800", "\0",
    ];

    [Theory]
    [MemberData(nameof(Bombs))]
    public void No_text_of_64_KiB_overflows_or_takes_long(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, Longest / piece.Length));
        var watch = Stopwatch.StartNew();
        _ = Unlimited.Classify(text);
        _ = RunbookOperator.Risk.Syntax.ShellParser.Parse(text + new string(')', 100));
        _ = RunbookOperator.Risk.Syntax.ShellParser.Parse(text[..(Longest / 2)] + text.Replace('(', ')').Replace('{', '}')[..(Longest / 2 / piece.Length * piece.Length)]);
        Assert.True(watch.Elapsed < LongBound, $"took {watch.Elapsed}");
    }

    [Fact]
    public void Any_bytes_up_to_64_KiB_are_read()
    {
        var random = new Random(1);
        var characters = " \t\n;&|<>()'\"\\$`{}[]#!*?~=+-@:%/^,.0a1exfi".ToCharArray();
        for (var count = 0; count < 200; count++)
        {
            var text = string.Create(random.Next(Longest), (random, characters), static (into, state) =>
            {
                foreach (ref var c in into)
                {
                    c = state.random.Next(50) == 0 ? (char)state.random.Next(0x10000) : state.characters[state.random.Next(state.characters.Length)];
                }
            });
            Assert.Equal(RiskLevel.Dangerous, Unlimited.Classify(text).Level);
        }
    }

    [Theory]
    [MemberData(nameof(Bombs))]
    public void Reading_takes_memory_in_proportion_to_the_length(string piece)
    {
        // Memory is what no busy machine disturbs, and no more time is spent than is needed to fill it.
        var half = Allocated(piece, Longest / 2);
        var whole = Allocated(piece, Longest);
        Assert.True(whole < (half * 2.5) + 100_000, $"{half} bytes for 32 KiB, {whole} for 64");
    }

    private static long Allocated(string piece, int length)
    {
        var text = string.Concat(Enumerable.Repeat(piece, length / piece.Length));
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = RunbookOperator.Risk.Syntax.ShellParser.Parse(text);
        return GC.GetAllocatedBytesForCurrentThread() - before;
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
