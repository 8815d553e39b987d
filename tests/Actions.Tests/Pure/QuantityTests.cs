namespace RunbookOperator.Actions.Tests;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("250m", "0.250")]
    [InlineData("1", "1")]
    [InlineData("1.5", "1.5")]
    [InlineData("1Ki", "1024")]
    [InlineData("1.5Gi", "1610612736.0")]
    [InlineData("2k", "2000")]
    [InlineData("2e3", "2000")]
    [InlineData("1E", null)]
    [InlineData("-1", null)]
    [InlineData("m", null)]
    [InlineData("", null)]
    [InlineData("1 Gi", null)]
    [InlineData("1gi", null)]
    [InlineData("99999999999999999999", null)]
    public void An_amount_is_read_as_Kubernetes_writes_it(string text, string? expected) =>
        Assert.Equal(expected is null ? null : decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), Quantity.Parse(text));

    [Theory]
    [InlineData("1000m", "1", true)]
    [InlineData("1024Mi", "1Gi", true)]
    [InlineData("1G", "1Gi", false)]
    [InlineData(null, null, true)]
    [InlineData(null, "1", false)]
    public void Two_amounts_are_compared_as_amounts(string? left, string? right, bool expected) => Assert.Equal(expected, Quantity.Same(left, right));

    [Theory]
    [InlineData("web", true)]
    [InlineData("registry.example:5000/shop/web:1.8", true)]
    [InlineData("web@sha256:0123456789abcdef", true)]
    [InlineData("web:1 ", false)]
    [InlineData("-web", false)]
    [InlineData("web:", false)]
    [InlineData("a//b", false)]
    [InlineData("a;b", false)]
    [InlineData("", false)]
    public void An_image_looks_like_one(string text, bool expected) => Assert.Equal(expected, ImageName.IsImage(text));

    [Theory]
    [InlineData("web@sha256:0123", null)]
    [InlineData("registry.example:5000/web", "the image is the latest one, whatever that is when a pod starts")]
    [InlineData("web:1.8", "the tag 1.8 may name another image tomorrow; a digest would not")]
    public void An_image_without_a_digest_leaves_open_what_runs(string image, string? expected) => Assert.Equal(expected, ImageName.Open(image));
}
