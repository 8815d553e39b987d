using System.Threading.Channels;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Runtime.Tests.Cluster;

/// <summary>Measures the memory of the whole process, and so runs alone.</summary>
[Collection(Name)]
[CollectionDefinition(Name, DisableParallelization = true)]
[Trait("Category", "Faults")]
public sealed class ReconnectMemoryTests
{
    private const string Name = "Memory";

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
        private readonly Channel<bool> _ended = Channel.CreateUnbounded<bool>();
        private int _taken;

        public HttpMessageHandler Around(HttpMessageHandler inner) => new Handler(this) { InnerHandler = inner };

        public async Task UntilAsync(int count)
        {
            for (; _taken < count; _taken++)
            {
                await _ended.Reader.ReadAsync();
            }
        }

        private sealed class Handler(WatchesThatEnd owner) : DelegatingHandler
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                var answer = await base.SendAsync(request, cancellationToken);
                if (FaultInjector.IsWatch(request))
                {
                    answer.Dispose();
                    answer = WireHandler.Json("""{"type":"BOOKMARK","object":{"metadata":{}}}""" + "\n");
                    owner._ended.Writer.TryWrite(true);
                }

                return answer;
            }
        }
    }
}
