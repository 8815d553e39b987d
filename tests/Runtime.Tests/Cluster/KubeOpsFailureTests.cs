using System.Net;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;
using static RunbookOperator.TestKit.FaultInjector;

namespace RunbookOperator.Runtime.Tests.Cluster;

/// <summary>What went wrong with watches in the operator framework most used in .NET, as its users reported it at
/// github.com/dotnet/dotnet-operator-sdk: each failure is a test here, named for its issue.</summary>
[Trait("Category", "Faults")]
public sealed class KubeOpsFailureTests
{
    private const string TooOld = """{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old resource version: 1 (2)"}}""" + "\n";

    private const string Bookmark = """{"type":"BOOKMARK","object":{"metadata":{}}}""" + "\n";

    /// <summary>After a few days: "too old resource version", and the operator stopped working.</summary>
    [Fact]
    public async Task Issue_724_a_watch_goes_on_after_its_version_became_too_old()
    {
        await using var server = await FaultyServer.StartAsync();
        var streams = Enumerable.Range(0, 3).Select(_ => new FaultStream()).ToList();
        streams.ForEach(stream => server.Faults.Add(Fault.Stream(IsWatch, stream)));
        await server.SyncAsync();
        for (var day = 1; day <= 3; day++)
        {
            await streams[day - 1].Opened;
            streams[day - 1].EndWith(TooOld);
            await server.CreateAsync($"day{day}");
            await server.UntilAsync([.. Enumerable.Range(1, day).Select(static i => $"day{i}=1")]);
        }
    }

    /// <summary>The connection ended early, and every reconnect asked for the same version, which was too old, for ever.</summary>
    [Fact]
    public async Task Issue_793_a_reconnect_does_not_ask_for_the_same_old_version_for_ever()
    {
        await using var server = await FaultyServer.StartAsync();
        var stream = new FaultStream();
        server.Faults.Add(Fault.Stream(IsWatch, stream));
        await server.SyncAsync();
        await stream.Opened;
        var again = Enumerable.Range(0, 3).Select(_ => server.Faults.Add(Fault.Stream(IsWatch, Ended(TooOld)))).ToList();

        stream.Break();
        await Task.WhenAll(again.Select(static fault => fault.Fired));
        await server.CreateAsync("a");
        await server.UntilAsync("a=1");
        await server.SetAsync("a", "2");
        await server.UntilAsync("a=2");

        var lists = server.Faults.Requests.Count(request => request.Contains("limit=500", StringComparison.Ordinal));
        Assert.InRange(lists, 2, 4);
    }

    /// <summary>Deletions while the watcher was disconnected were never seen.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Issue_675_a_deletion_while_disconnected_is_seen(bool expired)
    {
        await using var server = await FaultyServer.StartAsync();
        var stream = new FaultStream();
        server.Faults.Add(Fault.Stream(IsWatch, stream));
        await server.CreateAsync("a", "last");
        await server.CreateAsync("b");
        await server.SyncAsync();
        await stream.Opened;
        var reconnect = server.Faults.Add(expired ? Fault.Refuse(IsWatch, HttpStatusCode.Gone, "Expired", held: true) : Fault.Delay(IsWatch));
        stream.Break();
        await reconnect.Fired;

        await server.DeleteAsync("a");
        reconnect.Release();

        await server.UntilAsync("b=1");
        Assert.Contains("-a=last", server.Seen);
    }

    /// <summary>The server ended the watches of four kinds, and after some minutes not all of them were opened again.</summary>
    [Fact]
    public async Task Issue_585_of_several_watches_that_end_again_and_again_each_is_opened_again()
    {
        const int Kinds = 4;
        const int Ends = 25;
        await using var server = await FaultyServer.StartAsync();
        using var stop = new CancellationTokenSource();
        var informers = Enumerable.Range(0, Kinds).Select(i => new Informer<ConfigMap>(
            server.Client, new InformerOptions { Namespace = server.Namespace, LabelSelector = $"test=yes,kind!=k{i}" }, server.Context)).ToList();
        var ends = Enumerable.Range(0, Kinds).SelectMany(i => Enumerable.Range(0, Ends).Select(_ => server.Faults.Add(Fault.Stream(
            request => IsWatch(request) && request.RequestUri!.Query.Contains($"k{i}", StringComparison.Ordinal), Ended(Bookmark))))).ToList();

        var runs = Task.WhenAll(informers.Select(informer => informer.RunAsync(stop.Token)));
        await Task.WhenAll(informers.Select(informer => informer.WaitForSyncAsync(CancellationToken.None)));
        await Task.WhenAll(ends.Select(static end => end.Fired)).WaitAsync(TimeSpan.FromSeconds(60));
        await server.CreateAsync("a");
        await Task.WhenAll(informers.Select(informer => informer.WaitUntilAsync(static maps => maps.List().Count == 1, CancellationToken.None)))
            .WaitAsync(TimeSpan.FromSeconds(60));
        await stop.CancelAsync();
        await runs;
    }

    /// <summary>Without any object for an hour the watcher took an error for "there are none", and saw nothing ever after.</summary>
    [Fact]
    public async Task Issue_763_the_first_object_after_hours_without_any_is_seen()
    {
        var time = new ManualTimeProvider();
        await using var server = await FaultyServer.StartAsync(time);
        server.Faults.Add(Fault.Refuse(IsWatch, HttpStatusCode.GatewayTimeout, "Timeout"));
        await server.SyncAsync();
        for (var since = time.GetTimestamp(); time.GetElapsedTime(since) < TimeSpan.FromMinutes(90);)
        {
            await time.WaitForTimerAsync(TimeSpan.FromSeconds(60));
            time.Advance(TimeSpan.FromSeconds(60));
        }

        await server.CreateAsync("a");

        await server.UntilAsync("a=1");
    }

    private static FaultStream Ended(string text)
    {
        var stream = new FaultStream();
        stream.EndWith(text);
        return stream;
    }
}
