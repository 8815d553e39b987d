using System.Text.Json.Nodes;

namespace RunbookOperator.Kubernetes.Tests.Cluster;

[Trait("Category", "Cluster")]
public sealed class ServerWatchTests : TestNamespace
{
    [Fact]
    public async Task A_watch_tells_of_everything_after_the_list()
    {
        var version = (await Client.ListAsync<ConfigMap>(Name, null, CancellationToken.None)).ResourceVersion;
        var watch = ReadAsync(new WatchOptions { ResourceVersion = version, LabelSelector = "test=yes" }, count: 3);

        await Client.CreateAsync(Map("a"), CancellationToken.None);
        var patch = new Patch(PatchType.Merge, new JsonObject { ["data"] = new JsonObject { ["x"] = "1" } });
        await Client.PatchAsync<ConfigMap>(Key("a"), patch, CancellationToken.None);
        await Client.DeleteAsync<ConfigMap>(Key("a"), null, CancellationToken.None);

        var events = await watch;
        Assert.Equal([WatchEventType.Added, WatchEventType.Modified, WatchEventType.Deleted], events.Select(change => change.Type));
        Assert.Equal("1", events[2].Object?.Data?["x"]);
    }

    [Fact]
    public async Task The_server_ends_a_watch_when_asked_to() =>
        Assert.DoesNotContain(
            await ReadAsync(new WatchOptions { Timeout = TimeSpan.FromSeconds(1), LabelSelector = "test=yes" }, count: int.MaxValue),
            change => change.Type != WatchEventType.Bookmark);

    // The server remembers changes from the moment it began to serve a kind; a version from before that is gone.
    [Fact]
    public async Task A_version_that_is_gone_is_a_410()
    {
        await using var widgets = await Widget.InstallAsync(Client, Name);

        var gone = await Assert.ThrowsAsync<ApiException>(async () =>
        {
            await foreach (var change in Client.WatchAsync<Widget>(Name, new WatchOptions { ResourceVersion = "1" }, CancellationToken.None))
            {
                Assert.Fail($"There is no widget, but {change} was read.");
            }
        });

        Assert.True(gone.IsGone);
    }

    private async Task<List<WatchEvent<ConfigMap>>> ReadAsync(WatchOptions options, int count)
    {
        var events = new List<WatchEvent<ConfigMap>>();
        await foreach (var change in Client.WatchAsync<ConfigMap>(Name, options, CancellationToken.None))
        {
            events.Add(change);
            if (events.Count == count)
            {
                break;
            }
        }

        return events;
    }
}
