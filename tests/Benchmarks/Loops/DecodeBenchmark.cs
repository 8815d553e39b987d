using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Benchmarks.Cluster;
using RunbookOperator.Benchmarks.Report;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Benchmarks.Loops;

/// <summary>The client's way from the bytes of a page to objects, without a network.</summary>
internal static class DecodeBenchmark
{
    private const int PageSize = 500;

    // As many as the list of five thousand objects has: buffers that live from page to page are made once.
    private const int Pages = 10;

    public static IEnumerable<Line> Run(Settings settings)
    {
        var page = Page(settings.Seed);
        using var client = new KubernetesClient(new Uri("https://cluster.example"), new SamePage(page));
        return
        [
            .. Lines("runbooks", settings, page, () => Decode<Runbook>(client)),
            Kept<Runbook>("runbooks", settings, client),
            .. Lines("runbooks, projected to metadata", settings, page, () => Decode<RunbookMetadata>(client)),
            Kept<RunbookMetadata>("runbooks, projected to metadata", settings, client),
        ];
    }

    private static IEnumerable<Line> Lines(string what, Settings settings, byte[] page, Action decode)
    {
        var (ours, floor) = Interleaved.Run(settings.Rounds, PageSize * Pages, () => Repeat(decode), () => Repeat(() => Walk(page)));
        Samples Rate(List<Interleaved.Cost> costs) => new([.. costs.Select(cost => page.Length / (cost.Nanoseconds * PageSize) * 1e3)]);
        return
        [
            new("decode", what, "MB/s", Rate(ours), Rate(floor), "Utf8JsonReader over the same bytes"),
            new("decode", $"{what}, {page.Length / PageSize} bytes of JSON each", "bytes allocated per object", new Samples([.. ours.Select(static cost => cost.Bytes)])),
        ];
    }

    // What is alive once a page is decoded and its bytes are gone.
    private static Line Kept<T>(string what, Settings settings, KubernetesClient client)
        where T : IKubernetesObject<T>
    {
        var samples = new List<double>();
        for (var round = 0; round < settings.Rounds; round++)
        {
            samples.Add(BytesKept<T>(client) / (double)PageSize);
        }

        return new Line("decode", what, "bytes kept per object", new Samples(samples));
    }

    // Not inlined: no list of an earlier round may still be in a register.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long BytesKept<T>(KubernetesClient client)
        where T : IKubernetesObject<T>
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var list = Decode<T>(client);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(list);
        return after - before;
    }

    private static KubernetesList<T> Decode<T>(KubernetesClient client)
        where T : IKubernetesObject<T>
    {
        var list = client.ListAsync<T>(null, null, CancellationToken.None).GetAwaiter().GetResult();
        if (list.Items.Count != PageSize)
        {
            throw new InvalidOperationException($"{list.Items.Count} of {PageSize} objects were decoded.");
        }

        return list;
    }

    private static void Repeat(Action action)
    {
        for (var i = 0; i < Pages; i++)
        {
            action();
        }
    }

    private static void Walk(byte[] page)
    {
        var reader = new Utf8JsonReader(page);
        while (reader.Read())
        {
        }
    }

    // As the API server writes it: compact, keys in order, with what it adds itself.
    private static byte[] Page(int seed) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["apiVersion"] = Names.ApiVersion,
        ["items"] = new JsonArray([.. Enumerable.Range(0, PageSize).Select(i => SampleRunbooks.AsStored(seed, i))]),
        ["kind"] = "RunbookList",
        ["metadata"] = new JsonObject { ["continue"] = "", ["resourceVersion"] = "1" },
    });

    private sealed class SamePage(byte[] page) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new MemoryStream(page)) });
    }
}
