namespace RunbookOperator.Kubernetes.Tests;

public sealed class ServerVersionTests
{
    [Theory]
    [InlineData("""{"major":"1","minor":"20","gitVersion":"v1.20.2"}""", 1, 20)]
    [InlineData("""{"major":"","minor":"","gitVersion":"v1.29.3-gke.100+abc"}""", 1, 29)]
    [InlineData("""{"major":"1","minor":"27+"}""", 1, 27)]
    [InlineData("""{"major":"1","minor":"31","gitVersion":"v0.0.0-master+$Format:%H$"}""", 1, 31)]
    [InlineData("""{"gitVersion":"nonsense"}""", 0, 0)]
    [InlineData("{}", 0, 0)]
    public async Task A_version_is_read_from_whatever_the_build_has_filled_in(string json, int major, int minor)
    {
        using var wire = Wire.Answering(json);

        var version = await wire.Client.GetVersionAsync(CancellationToken.None);

        Assert.Equal((major, minor), (version.Major, version.Minor));
        Assert.True(version.IsAtLeast(major, minor));
        Assert.False(version.IsAtLeast(major, minor + 1));
    }
}
