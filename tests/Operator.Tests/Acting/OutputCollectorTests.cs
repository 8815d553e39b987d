using System.Text;
using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.TestKit;

namespace RunbookOperator.Tests.Acting;

public sealed class OutputCollectorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(4096)]
    public void However_the_bytes_come_the_same_is_kept_and_no_secret(int block)
    {
        var text = string.Join('\n', SecretSamples.All.Select(sample => $"{sample.Text}\nn=ö漢😀 after {sample.Name}")) + "\nthe value is s3cret-of-the-step\n";
        var redactor = new Redactor(["s3cret-of-the-step"]);
        var whole = OutputReader.Read(text, false, [new StepOutput { Name = "n", Regex = "n=(.*) after" }], redactor);
        using var collector = new OutputCollector([new StepOutput { Name = "n", Regex = "n=(.*) after" }], redactor);
        foreach (var part in Encoding.UTF8.GetBytes(text).Chunk(block))
        {
            Assert.True(collector.Add(part));
        }

        var read = collector.Finish(whole: true);
        Assert.Equal((whole.Tail, whole.Digest, whole.Truncated, "ö漢😀"), (read.Tail, read.Digest, read.Truncated, read.Variables["n"]));
        Assert.All(SecretSamples.All.SelectMany(sample => sample.Canaries).Append("s3cret"), canary => Assert.DoesNotContain(canary, read.Tail, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("plain", "{0}")]
    [InlineData("base64", "eyJ4Ijoi{1}")]
    [InlineData("base64 behind one byte", "{2}")]
    [InlineData("base64 behind two bytes", "{3}")]
    [InlineData("base64 for addresses", "{4}")]
    [InlineData("address", "?q={5}")]
    [InlineData("address in lower case", "?q={6}")]
    [InlineData("JSON", "{{\"a\":\"{7}\"}}")]
    [InlineData("HTML", "<p>{8}</p>")]
    [InlineData("hexadecimal", "0x{9}")]
    public void The_value_of_a_Secret_is_taken_out_in_every_form(string form, string pattern)
    {
        const string secret = "p/ss \"w0rd\" & <more>?>>";
        var bytes = Encoding.UTF8.GetBytes(secret);
        object[] forms =
        [
            secret, Convert.ToBase64String(bytes), Convert.ToBase64String([.. "x"u8, .. bytes]), Convert.ToBase64String([.. "xy"u8, .. bytes, .. "z"u8]),
            Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_'), Uri.EscapeDataString(secret), Uri.EscapeDataString(secret).ToLowerInvariant(),
            System.Text.Json.JsonEncodedText.Encode(secret), System.Net.WebUtility.HtmlEncode(secret), Convert.ToHexStringLower(bytes),
        ];
        var printed = string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, forms);
        var read = OutputReader.Read(printed, false, null, new Redactor([secret]));

        Assert.True(read.Tail.Contains(Redactor.Replacement, StringComparison.Ordinal), $"{form}: {printed} => {read.Tail}");
        Assert.True(read.Tail.Length <= printed.Length - (bytes.Length / 2) + Redactor.Replacement.Length, $"{form}: {printed} => {read.Tail}");
    }

    [Fact]
    public void Of_a_long_value_written_as_base64_in_lines_no_line_is_seen()
    {
        var secret = new string([.. Enumerable.Range(0, 300).Select(i => (char)('!' + (i * 7 % 90)))]);
        var printed = Convert.ToBase64String(Encoding.UTF8.GetBytes(secret), Base64FormattingOptions.InsertLineBreaks).Replace("\r", "", StringComparison.Ordinal);
        var read = OutputReader.Read(printed, false, null, new Redactor([secret]));

        Assert.All(read.Tail.Split('\n'), line => Assert.Equal(Redactor.Replacement, line.TrimEnd('=')));
    }

    [Fact]
    public void Values_that_overlap_both_go() =>
        Assert.Equal("a [redacted] z", new Redactor(["first-second", "second-third"]).Redact("a first-second-third z"));

    [Fact]
    public void No_more_than_the_bound_is_read_and_half_a_line_at_it_is_not_kept()
    {
        using var collector = new OutputCollector(null, new Redactor());
        var line = Encoding.UTF8.GetBytes(new string('x', 1022) + "y\n");
        for (var i = 0; i < (Limits.Log / line.Length) - 1; i++)
        {
            Assert.True(collector.Add(line));
        }

        Assert.False(collector.Add(Encoding.UTF8.GetBytes($"last whole line\nghp_{new string('a', 2000)}")));
        var read = collector.Finish(whole: false);
        Assert.Equal((Limits.Log, true), (collector.Bytes, read.Truncated));
        Assert.EndsWith("last whole line", read.Tail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_too_long_is_left_out_and_those_around_it_stay()
    {
        var read = OutputReader.Read($"before\n{new string('x', Limits.LogLine + 1)}\nafter", false, null, new Redactor());

        Assert.Equal(($"before\n{OutputCollector.TooLong}\nafter", true), (read.Tail, read.Truncated));
        Assert.False(OutputReader.Read(new string('x', 100), false, null, new Redactor()).Truncated);
    }

    [Fact]
    public void Bytes_that_are_no_text_do_no_harm()
    {
        using var collector = new OutputCollector(null, new Redactor());
        collector.Add([0xff, 0xfe, (byte)'a', 0xe6, 0xbc]);

        Assert.Equal("\uFFFD\uFFFDa\uFFFD", collector.Finish(whole: true).Tail);
    }
}
