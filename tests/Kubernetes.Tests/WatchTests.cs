using System.IO.Pipelines;
using System.Text;
using RunbookOperator.TestKit;

namespace RunbookOperator.Kubernetes.Tests;

public sealed class WatchTests
{
    private const string Added = """{"type":"ADDED","object":{"metadata":{"name":"a","resourceVersion":"3"}}}""";

    [Fact]
    public async Task Each_line_is_an_event_with_the_version_to_resume_from()
    {
        var events = await ReadAsync(Added + """

            {"type":"BOOKMARK","object":{"kind":"Pod","metadata":{"resourceVersion":"9"}}}
            {"type":"DELETED","object":{"metadata":{"name":"a","resourceVersion":"10"}}}

            """);

        Assert.Equal([WatchEventType.Added, WatchEventType.Bookmark, WatchEventType.Deleted], events.Select(change => change.Type));
        Assert.Equal(["3", "9", "10"], events.Select(change => change.ResourceVersion));
        Assert.Null(events[1].Object);
        Assert.Equal("a", events[2].Object?.Metadata.Name);
    }

    [Fact]
    public async Task An_object_that_cannot_be_decoded_is_an_event_with_its_name()
    {
        var change = Assert.Single(await ReadAsync("""{"type":"MODIFIED","object":{"metadata":{"name":"a","namespace":"shop","resourceVersion":"4"},"spec":1}}""" + "\n"));

        Assert.Null(change.Object);
        Assert.Equal(new NamespacedName("shop", "a"), change.Undecodable?.Name);
        Assert.Equal("4", change.ResourceVersion);
    }

    [Fact]
    public async Task An_ERROR_event_is_thrown_with_its_own_code()
    {
        const string Error = """{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old resource version"}}""";

        var exception = await Assert.ThrowsAsync<ApiException>(() => ReadAsync(Added + "\n" + Error + "\n"));

        Assert.True(exception.IsGone);
    }

    [Fact]
    public async Task A_line_that_was_cut_off_is_no_event() => Assert.Single(await ReadAsync(Added + "\n" + Added[..30]));

    [Fact]
    public async Task A_line_may_arrive_byte_by_byte()
    {
        var pipe = new Pipe();
        using var wire = new Wire(_ => WireHandler.Streaming(pipe));
        await using var watch = wire.Client.WatchAsync<Pod>(null, new WatchOptions(), CancellationToken.None).GetAsyncEnumerator();
        var next = watch.MoveNextAsync().AsTask();

        foreach (var value in Encoding.UTF8.GetBytes(Added + "\n"))
        {
            Assert.False(next.IsCompleted);
            await pipe.Writer.WriteAsync(new[] { value });
        }

        Assert.True(await next);
        Assert.Equal("a", watch.Current.Object?.Metadata.Name);
        await pipe.Writer.CompleteAsync();
        Assert.False(await watch.MoveNextAsync());
    }

    [Fact]
    public async Task A_stream_that_breaks_is_a_broken_connection()
    {
        var pipe = new Pipe();
        using var wire = new Wire(_ => WireHandler.Streaming(pipe));
        await pipe.Writer.CompleteAsync(new IOException("reset"));

        await Assert.ThrowsAsync<HttpRequestException>(() => ReadAsync(wire));
    }

    [Fact]
    public async Task A_line_without_an_end_is_given_up()
    {
        using var wire = new Wire(_ => new HttpResponseMessage { Content = new ByteArrayContent(new byte[WatchStream.MaxLine + 2]) });

        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(wire));
    }

    [Fact]
    public async Task A_watch_is_asked_for_as_wanted()
    {
        using var wire = Wire.Answering("");
        var options = new WatchOptions { ResourceVersion = "5", LabelSelector = "a=b", Timeout = TimeSpan.FromMinutes(5) };

        await foreach (var change in wire.Client.WatchAsync<Pod>("shop", options, CancellationToken.None))
        {
            Assert.Fail($"Nothing was sent, but {change} was read.");
        }

        Assert.Equal("GET /api/v1/namespaces/shop/pods?watch=true&allowWatchBookmarks=true&resourceVersion=5&labelSelector=a%3Db&timeoutSeconds=300", wire.Line);
    }

    private static async Task<List<WatchEvent<Pod>>> ReadAsync(string body)
    {
        using var wire = Wire.Answering(body);
        return await ReadAsync(wire);
    }

    private static async Task<List<WatchEvent<Pod>>> ReadAsync(Wire wire)
    {
        var events = new List<WatchEvent<Pod>>();
        await foreach (var change in wire.Client.WatchAsync<Pod>(null, new WatchOptions(), CancellationToken.None))
        {
            events.Add(change);
        }

        return events;
    }
}
