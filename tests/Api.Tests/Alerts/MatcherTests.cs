namespace RunbookOperator.Api.Tests;

public sealed class MatcherTests
{
    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal)
    {
        ["alertname"] = "PaymentLatencyHigh",
        ["severity"] = "critical",
        ["path"] = @"C:\temp",
        ["quote"] = "say \"hi\"",
        ["lines"] = "a\nb",
        ["http.method"] = "GET",
        ["übung"] = "ja",
    };

    [Theory]
    [InlineData("alertname=\"PaymentLatencyHigh\"", true)]
    [InlineData("alertname=PaymentLatencyHigh", true)]
    [InlineData("alertname = \"PaymentLatencyHigh\" ", true)]
    [InlineData("alertname=\"PaymentLatency\"", false)]
    [InlineData("alertname!=\"PaymentLatencyHigh\"", false)]
    [InlineData("severity=~\"warning|critical\"", true)]
    [InlineData("severity=~warning|critical", true)]
    [InlineData("severity=~\"crit\"", false)]
    [InlineData("severity=~\"crit.*\"", true)]
    [InlineData("severity!~\"crit.*\"", false)]
    [InlineData("severity!~\"crit\"", true)]
    [InlineData("absent=\"\"", true)]
    [InlineData("absent!=\"\"", false)]
    [InlineData("absent=~\".*\"", true)]
    [InlineData("absent!~\".+\"", true)]
    [InlineData("absent=", true)]
    [InlineData(@"path=""C:\\temp""", true)]
    [InlineData(@"path=""C:\temp""", true)]
    [InlineData("quote=\"say \\\"hi\\\"\"", true)]
    [InlineData(@"lines=""a\nb""", true)]
    [InlineData(@"severity=~""\w+""", true)]
    [InlineData("\"http.method\"=\"GET\"", true)]
    [InlineData("http.method=\"GET\"", true)]
    [InlineData("übung=ja", true)]
    [InlineData("\"übung\"=~\"j.\"", true)]
    public void A_matcher_reads_labels_as_Alertmanager_does(string text, bool expected)
    {
        Assert.True(Matcher.TryParse(text, out var matcher, out var error), error);
        Assert.Equal(expected, matcher.Matches(Labels));
    }

    [Theory]
    [InlineData("", "a matcher begins with the name of a label, such as severity=\"critical\"")]
    [InlineData("=\"x\"", "a matcher begins with the name of a label, such as severity=\"critical\"")]
    [InlineData("\"\"=\"x\"", "a matcher begins with the name of a label, such as severity=\"critical\"")]
    [InlineData("{a=\"b\"}", "write each matcher as an entry of its own, without { }")]
    [InlineData("severity", "expected =, !=, =~ or !~ behind \"severity\"")]
    [InlineData("severity<\"x\"", "expected =, !=, =~ or !~ behind \"severity<\"")]
    [InlineData("severity==\"x\"", "a value with commas, quotes or other signs is written in double quotes")]
    [InlineData("severity=\"x", "the value's closing quote is missing")]
    [InlineData("severity=\"x\\\"", "the value's closing quote is missing")]
    [InlineData("a=\"b\",c=\"d\"", "there is text behind the value's closing quote; write \\\" for a quote in it, and each matcher as an entry of its own")]
    [InlineData("a=b,c=d", "a value with commas, quotes or other signs is written in double quotes")]
    [InlineData("a=~\"(\"", "at offset 0: this ( is never closed; write \\( for the character")]
    [InlineData("\"a.b\"=\"\\d\"", "the value holds an unknown escape")]
    [InlineData("\"a", "the quoted name is not complete, or holds an unknown escape")]
    public void What_is_no_matcher_is_refused(string text, string expected)
    {
        Assert.False(Matcher.TryParse(text, out var matcher, out var error));
        Assert.Null(matcher);
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData("alertname=x", "alertname=\"x\"")]
    [InlineData("\"a b\" =~ \"x\\\"y\"", "\"a b\"=~\"x\\\"y\"")]
    public void A_matcher_prints_in_one_form_that_reads_the_same(string text, string printed)
    {
        Assert.True(Matcher.TryParse(text, out var matcher, out _));
        Assert.Equal(printed, matcher.ToString());
        Assert.True(Matcher.TryParse(printed, out var again, out _));
        Assert.Equal((matcher.Name, matcher.Operator, matcher.Value), (again.Name, again.Operator, again.Value));
    }
}
