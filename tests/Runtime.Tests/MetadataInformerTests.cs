using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;
using static RunbookOperator.Runtime.Tests.ScriptedServer;

namespace RunbookOperator.Runtime.Tests;

public sealed class MetadataInformerTests : IAsyncLifetime, IDisposable
{
    private static readonly ResourceDefinition Widgets = new("example.dev", "v1", "Widget", "widgets");

    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedServer _server = new();
    private readonly KubernetesClient _client;
    private readonly MetadataInformer _informer;
    private readonly CancellationTokenSource _stop = new();
    private Task _run = Task.CompletedTask;

    public MetadataInformerTests()
    {
        _client = Given.Client(_server.Handler, _time);
        _informer = new MetadataInformer(_client, Widgets, new InformerOptions { Namespace = "shop" }, Given.Context(_time))
            .AddIndex("uid", static widget => [widget.Metadata.Uid!]);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
    }

    public void Dispose()
    {
        _client.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task It_asks_for_metadata_only_of_a_kind_that_has_no_type()
    {
        _server.List("5", Item("a", "1"));
        var watch = _server.Watch();
        _run = _informer.RunAsync(_stop.Token);
        await watch.SendAsync("ADDED", Item("b", "6"));
        await _informer.WaitUntilAsync(static widgets => widgets.ByIndex("uid", "u").Count == 2, CancellationToken.None);

        Assert.Equal("widgets.example.dev", _informer.Resource);
        Assert.All(_server.Handler.Requests, request => Assert.StartsWith("/apis/example.dev/v1/namespaces/shop/widgets?", request.Uri.PathAndQuery, StringComparison.Ordinal));
        Assert.Equal(
            ["application/json;as=PartialObjectMetadataList", "application/json;as=PartialObjectMetadata"],
            _server.Handler.Requests.Select(request => request.Headers["Accept"].Replace(" ", "", StringComparison.Ordinal).Split(";g=")[0]));
    }

    [Fact]
    public async Task A_controller_works_from_it_and_a_missed_deletion_is_found_by_the_next_list()
    {
        _server.List("5", Item("a", "1"), Item("b", "1")).RefuseWatch(System.Net.HttpStatusCode.Gone, "Expired").List("50", Item("b", "1"));
        _server.Watch();
        var passes = new List<string>();
        using var controller = ControllerBuilder.For(_informer)
            .WithOptions(new ControllerOptions { Workers = 1 })
            .Build(
                new FunctionReconciler(key =>
                {
                    passes.Add($"{key.Name} {_informer.Find(key)?.Metadata.ResourceVersion ?? "gone"}");
                    return ReconcileResult.Done;
                }),
                Given.Context(_time));
        var work = controller.RunAsync(_stop.Token);
        _run = _informer.RunAsync(_stop.Token);
        await _informer.WaitForSyncAsync(CancellationToken.None);
        await controller.IdleAsync(CancellationToken.None);
        await _time.WaitForTimerAsync(ReflectorLimits.BaseDelay);
        _time.Advance(ReflectorLimits.BaseDelay);
        await _informer.WaitUntilAsync(static widgets => widgets.List().Count == 1, CancellationToken.None);
        await controller.IdleAsync(CancellationToken.None);

        Assert.Equal(["a 1", "b 1", "a gone"], passes.Take(2).Order(StringComparer.Ordinal).Concat(passes.Skip(2)));
        await _stop.CancelAsync();
        await work;
    }

    [Fact]
    public async Task Metadata_that_cannot_be_read_is_named_and_hides_no_other()
    {
        _server.List("5", """{"metadata":{"name":"a","namespace":"shop","labels":7}}""", Item("b", "1"));
        _server.Watch();
        _run = _informer.RunAsync(_stop.Token);
        await _informer.WaitForSyncAsync(CancellationToken.None);

        Assert.Equal(["b"], _informer.List().Select(static widget => widget.Metadata.Name));
        Assert.Equal([Given.A], _informer.Undecodable.Select(static item => item.Name));
    }
}
