namespace RunbookOperator.Documents.Tests;

/// <summary>What kubectl 1.32 sends for each scalar (`kubectl annotate --local -o json`).</summary>
public sealed class YamlValueTests
{
    [Theory]
    [InlineData("y", "true")]
    [InlineData("N", "false")]
    [InlineData("yes", "true")]
    [InlineData("on", "true")]
    [InlineData("Off", "false")]
    [InlineData("TRUE", "true")]
    [InlineData("tRUE", "\"tRUE\"")]
    [InlineData("'yes'", "\"yes\"")]
    [InlineData("010", "8")]
    [InlineData("08", "8")]
    [InlineData("0x1F", "31")]
    [InlineData("0o17", "15")]
    [InlineData("0b11", "3")]
    [InlineData("0b2", "\"0b2\"")]
    [InlineData("0x", "\"0x\"")]
    [InlineData("0x1p4", "\"0x1p4\"")]
    [InlineData("1_000", "1000")]
    [InlineData("_1", "\"_1\"")]
    [InlineData("-0x10", "-16")]
    [InlineData("+5", "5")]
    [InlineData("-5", "-5")]
    [InlineData("--5", "\"--5\"")]
    [InlineData("1e3", "1000")]
    [InlineData("1e400", "\"1e400\"")]
    [InlineData("1.5", "1.5")]
    [InlineData(".5", "0.5")]
    [InlineData("1.", "1")]
    [InlineData(".", "\".\"")]
    [InlineData("18446744073709551616", "1.8446744073709552E+19")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("2024-01-01", "\"2024-01-01\"")]
    [InlineData("1:30", "\"1:30\"")]
    [InlineData("a b", "\"a b\"")]
    public void A_scalar_is_read_as_kubectl_reads_it(string scalar, string json) =>
        Assert.Equal(json, Read.Sound(Read.Head + $"spec: {{title: a, steps: [{{name: a, uses: a/b, with: {{x: {scalar}}}}}]}}").Content["spec"]!["steps"]![0]!["with"]!["x"]!.ToJsonString());
}
