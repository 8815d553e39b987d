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
        for (var i = 0; i < 3; i++)
        {
            var tooOld = new FaultStream();
            tooOld.EndWith(TooOld);
            server.Faults.Add(Fault.Stream(IsWatch, tooOld));
        }

        stream.Break();
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
        for (var i = 0; i < Kinds * Ends; i++)
        {
            var ends = new FaultStream();
            ends.EndWith("""{"type":"BOOKMARK","object":{"metadata":{}}}""" + "\n");
            server.Faults.Add(Fault.Stream(request => IsWatch(request) && request.RequestUri!.Query.Contains("kind", StringComparison.Ordinal), ends));
        }

        var runs = Task.WhenAll(informers.Select(informer => informer.RunAsync(stop.Token)));
        await Task.WhenAll(informers.Select(informer => informer.WaitForSyncAsync(CancellationToken.None)));
        await server.CreateAsync("a");
        await Task.WhenAll(informers.Select(informer => informer.WaitUntilAsync(static maps => maps.List().Count == 1, CancellationToken.None)))
            .WaitAsync(TimeSpan.FromSeconds(60));
        await stop.CancelAsync();
        await runs;

        await server.SyncAsync();
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

    /// <summary>Every reconnect kept some memory: 28 MB became 60 in a night. A reconnect here may keep 512 bytes, which is 5 MB in ten
    /// thousand.</summary>
    [Fact]
    public async Task Issue_824_reconnects_keep_no_memory()
    {
        const int WarmUp = 300;
        const int Reconnects = 2000;
        await using var server = await FaultyServer.StartAsync();
        var config = ClusterConfig.FromKubeconfig([await TestCluster.KubeconfigAsync(CancellationToken.None)]);
        var ends = new WatchesThatEnd();
        using var client = new KubernetesClient(config, wrap: ends.Around);
        using var stop = new CancellationTokenSource();
        var informer = new Informer<ConfigMap>(client, new InformerOptions { Namespace = server.Namespace }, server.Context);
        var run = informer.RunAsync(stop.Token);

        await ends.UntilAsync(WarmUp);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await ends.UntilAsync(WarmUp + Reconnects);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        await stop.CancelAsync();
        await run;

        Assert.True(after - before < Reconnects * 512, $"{(after - before) / Reconnects} bytes a reconnect");
    }

    /// <summary>Lets each watch reach the server and ends it with one bookmark.</summary>
    private sealed class WatchesThatEnd
    {
        private readonly SemaphoreSlim _ended = new(0);
        private int _taken;

        public HttpMessageHandler Around(HttpMessageHandler inner) => new Handler(this) { InnerHandler = inner };

        public async Task UntilAsync(int count)
        {
            for (; _taken < count; _taken++)
            {
                await _ended.WaitAsync();
            }
        }

        private sealed class Handler(WatchesThatEnd owner) : DelegatingHandler
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                var answer = await base.SendAsync(request, cancellationToken);
                if (IsWatch(request))
                {
                    answer.Dispose();
                    answer = WireHandler.Json("""{"type":"BOOKMARK","object":{"metadata":{}}}""" + "\n");
                    owner._ended.Release();
                }

                return answer;
            }
        }
    }
}
