using System.Text.RegularExpressions;

namespace RunbookOperator.Api.Tests;

public sealed class Re2Tests
{
    [Theory]
    [InlineData("", "", true)]
    [InlineData("abc", "abc", true)]
    [InlineData("abc", "abcd", false)]
    [InlineData("abc", "abc\n", false)]
    [InlineData("abc$", "abc\n", false)]
    [InlineData("^abc$", "abc", true)]
    [InlineData("a|b", "a", true)]
    [InlineData("a|b", "ab", false)]
    [InlineData("a.c", "a\nc", false)]
    [InlineData("(?s)a.c", "a\nc", true)]
    [InlineData("(?s:a.)c.", "a\nc\n", false)]
    [InlineData("a.c", "a😀c", true)]
    [InlineData("a..c", "a😀c", false)]
    [InlineData("a[^x]c", "a😀c", true)]
    [InlineData("😀{2}", "😀😀", true)]
    [InlineData("[😀-😅]+", "😁😅", true)]
    [InlineData("[😀-😅]+", "😆", false)]
    [InlineData(@"[\x{10000}-\x{10FFFF}]", "\U0001F600", true)]
    [InlineData(@"[\x{FF00}-\x{1F600}]", "\U0001F601", false)]
    [InlineData(@"\d", "5", true)]
    [InlineData(@"\d", "٥", false)]
    [InlineData(@"[\d]", "٥", false)]
    [InlineData(@"\D", "٥", true)]
    [InlineData(@"[^\d]", "٥", true)]
    [InlineData(@"\w+", "aZ_9", true)]
    [InlineData(@"\w", "é", false)]
    [InlineData(@"\W", "é", true)]
    [InlineData(@"\s", "\v", false)]
    [InlineData(@"\s", "\u00A0", false)]
    [InlineData(@"[\s\S]", "\v", true)]
    [InlineData("[[:alpha:]]+", "abC", true)]
    [InlineData("[[:^alpha:]]+", "12", true)]
    [InlineData("[^[:alpha:]_]", "_", false)]
    [InlineData("[[:space:]]", "\v", true)]
    [InlineData("[]a]+", "]a", true)]
    [InlineData("[^]a]", "]", false)]
    [InlineData("[a-]+", "a-", true)]
    [InlineData("[-a]+", "a-", true)]
    [InlineData(@"[\]\-\\]+", @"]-\", true)]
    [InlineData("[[a]+", "[a", true)]
    [InlineData(@"\Q*\E+", "***", true)]
    [InlineData(@"\Qa.b", "a.b", true)]
    [InlineData(@"\Qa.b", "axb", false)]
    [InlineData(@"\Aa\z", "a", true)]
    [InlineData(@"\x41\x{42}", "AB", true)]
    [InlineData(@"\.\-\_\/", ".-_/", true)]
    [InlineData("a{2,3}", "aaa", true)]
    [InlineData("a{2,3}", "aaaa", false)]
    [InlineData("a{2,}", "aaaaa", true)]
    [InlineData("a{,3}", "a{,3}", true)]
    [InlineData("a{x}", "a{x}", true)]
    [InlineData("(?:ab){2}", "abab", true)]
    [InlineData("ab{2}", "abb", true)]
    [InlineData("a#b c", "a#b c", true)]
    [InlineData("(|a)b", "b", true)]
    [InlineData("(?P<host>[a-z]+)-(?P<n>[0-9]+)", "web-3", true)]
    [InlineData("(?i)abc", "aBC", true)]
    [InlineData("(?i:a)b", "Ab", true)]
    [InlineData("(?i:a)b", "AB", false)]
    [InlineData("((?i)a)b", "AB", false)]
    [InlineData("(?i)[a-c]+", "aBC", true)]
    [InlineData("(?i)[^k]", "K", false)]
    [InlineData("(?i-i)a", "A", false)]
    [InlineData("(?i)i", "I", true)]
    [InlineData("(?i)i", "İ", false)]
    [InlineData("(?i)i", "ı", false)]
    [InlineData("(?i)k", "\u212A", false)]
    [InlineData("(?i)[k]", "\u212A", false)]
    [InlineData("(?i)s", "ſ", false)]
    [InlineData("(?i)日本", "日本", true)]
    [InlineData("(?i)a.", "A😀", true)]
    [InlineData("(?m)a$\n^b", "a\nb", true)]
    [InlineData("(?U)a+", "aa", true)]
    [InlineData("[^\\x00-\\x{10FFFF}]", "a", false)]
    public void A_whole_value_matches_as_RE2_says(string pattern, string value, bool expected)
    {
        Assert.True(Re2.TryCompile(pattern, Re2Scope.WholeValue, out var regex, out var error), error);
        Assert.Equal(expected, regex.IsMatch(value));
        Assert.True(regex.Options.HasFlag(RegexOptions.NonBacktracking));
    }

    [Theory]
    [InlineData("(?=a)", "at offset 2: RE2 has no lookaround")]
    [InlineData("(?!a)", "at offset 2: RE2 has no lookaround")]
    [InlineData("(?<=a)b", "at offset 2: RE2 has no lookaround")]
    [InlineData("(?<!a)b", "at offset 2: RE2 has no lookaround")]
    [InlineData("a(?>b)", "at offset 3: RE2 has no atomic groups")]
    [InlineData("(?(a)b|c)", "at offset 2: RE2 has no conditionals")]
    [InlineData("(?#x)a", "at offset 2: RE2 has no comments")]
    [InlineData("(?x) a", "at offset 2: RE2 has no flag x")]
    [InlineData("(?n)a", "at offset 2: RE2 has no flag n")]
    [InlineData("(?P=x)", "at offset 2: RE2 has no references to groups")]
    [InlineData(@"(a)\1", "at offset 3: RE2 has no references to groups")]
    [InlineData(@"\k<x>", "at offset 0: there is no escape \\k")]
    [InlineData(@"a\Z", "at offset 1: RE2 has no \\Z; write \\z for the end")]
    [InlineData(@"\Ga", "at offset 0: there is no escape \\G")]
    [InlineData(@"\bfoo", "at offset 0: word boundaries are not supported; write what stands at the boundary")]
    [InlineData(@"\pL", "at offset 0: Unicode classes are not supported; write the characters")]
    [InlineData(@"\012", "at offset 0: write \\x00 in place of an octal escape")]
    [InlineData("[a-z-[aeiou]]", "at offset 4: RE2 has no subtraction of classes; write \\[ for the character")]
    [InlineData("[z-a]", "at offset 1: a range that runs backwards")]
    [InlineData("[a", "at offset 0: this [ is never closed; write \\[ for the character")]
    [InlineData("[[:foo:]]", "at offset 1: there is no class of this name")]
    [InlineData("a(b", "at offset 1: this ( is never closed; write \\( for the character")]
    [InlineData("a)b", "at offset 1: this ) closes nothing; write \\) for the character")]
    [InlineData("*a", "at offset 0: there is nothing before this * to repeat; write \\* for the character")]
    [InlineData("a|+", "at offset 2: there is nothing before this + to repeat; write \\+ for the character")]
    [InlineData("{2}", "at offset 0: there is nothing before this { to repeat; write \\{ for the character")]
    [InlineData("a++", "at offset 2: a repetition cannot be repeated; put the first in (?:…)")]
    [InlineData("a{2}{3}", "at offset 4: a repetition cannot be repeated; put the first in (?:…)")]
    [InlineData("a{1001}", "at offset 1: a count is at most 1000")]
    [InlineData("a{3,2}", "at offset 1: the counts are the wrong way round")]
    [InlineData("(?:a{100}){100}", "at offset 0: nested repetitions stand for more than 1000 copies")]
    [InlineData("(?:a{1000}a{1000}b{1000}c{1000}d)", "at offset 0: the expression stands for more than 4000 characters once repetitions are written out")]
    [InlineData(@"\Qab\E+", "at offset 6: put what is to be repeated behind \\E")]
    [InlineData("(?:.{1,31}){31}", "the expression is too large; use smaller counts")]
    [InlineData("(?P<a>x)(?P<a>y)", "at offset 8: two groups are called a")]
    [InlineData("(?P<1>x)", "at offset 2: a group's name is letters, digits and underscores, and begins with a letter or one underscore")]
    [InlineData("a\\", "at offset 1: a \\ at the end; write \\\\ for the character")]
    [InlineData("(?i)é", "at offset 5: (?i) is for ASCII letters only; write both letters, such as [éÉ]")]
    public void What_RE2_lacks_or_NET_reads_otherwise_is_refused(string pattern, string expected)
    {
        Assert.False(Re2.TryCompile(pattern, Re2Scope.WholeValue, out var regex, out var error));
        Assert.Null(regex);
        Assert.Equal(expected, error);
    }

    [Fact]
    public void A_search_finds_the_pattern_anywhere_and_a_dollar_is_the_very_end()
    {
        Assert.True(Re2.TryCompile("b$", Re2Scope.Search, out var regex, out _));
        Assert.Matches(regex, "ab");
        Assert.DoesNotMatch(regex, "ab\n");
    }

    [Theory]
    [InlineData("([a-z]+)=(?P<value>[0-9]+)", "x=5", "x", "5")]
    [InlineData("(?P<value>[a-z]+)=([0-9]+)", "x=5", "x", "5")]
    [InlineData("(?P<b>[a-z]+)=(?P<a>[0-9]+)", "x=5", "x", "5")]
    public void Groups_are_numbered_in_the_order_of_their_parentheses(string pattern, string text, string first, string second)
    {
        Assert.True(Re2.TryCompile(pattern, Re2Scope.Search, out var regex, out _));
        var match = regex.Match(text);
        Assert.Equal((first, second), (match.Groups[1].Value, match.Groups[2].Value));
    }

    [Fact]
    public void A_lazy_repetition_takes_the_least()
    {
        Assert.True(Re2.TryCompile("a(.+?)b", Re2Scope.Search, out var regex, out _));
        Assert.Equal("x", regex.Match("axbxb").Groups[1].Value);
    }

    [Fact]
    public void The_length_is_bounded()
    {
        Assert.True(Re2.TryCompile(new string('a', Limits.Expression), Re2Scope.WholeValue, out _, out _));
        Assert.False(Re2.TryCompile(new string('a', Limits.Expression + 1), Re2Scope.WholeValue, out _, out var error));
        Assert.Equal("the expression is longer than 1024 characters", error);
    }

    [Theory]
    [InlineData("(?:.{25}){25}")]
    [InlineData(".{660}")]
    [InlineData("(.{0,255}) (.{0,255})")]
    [InlineData("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")]
    [InlineData("(?:[a-z]|[0-9]|[_]){1000}")]
    public void The_largest_expressions_that_are_accepted_can_be_run(string pattern)
    {
        Assert.True(Re2.TryCompile(pattern, Re2Scope.WholeValue, out var regex, out var error), error);
        Assert.DoesNotMatch(regex, new string('x', Limits.Value - 1) + "\n");
    }

    [Fact]
    public void Groups_nest_to_a_bound()
    {
        var deepest = new string('(', Re2.MaximumDepth) + "a" + new string(')', Re2.MaximumDepth);
        Assert.True(Re2.TryCompile(deepest, Re2Scope.WholeValue, out _, out var error), error);
        Assert.False(Re2.TryCompile($"({deepest})", Re2Scope.WholeValue, out _, out error));
        Assert.Equal("at offset 51: groups are nested deeper than 50", error);
    }
}
