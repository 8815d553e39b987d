using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;
using static RunbookOperator.Runtime.Tests.ScriptedServer;

namespace RunbookOperator.Runtime.Tests;

public sealed class ProjectedInformerTests : IAsyncLifetime, IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedServer _server = new();
    private readonly KubernetesClient _client;
    private readonly List<WeakReference> _whole = [];
    private readonly ProjectedInformer<ConfigMap, Count> _informer;
    private readonly CancellationTokenSource _stop = new();
    private Task _run = Task.CompletedTask;

    public ProjectedInformerTests()
    {
        _client = Given.Client(_server.Handler, _time);
        _informer = new ProjectedInformer<ConfigMap, Count>(_client, new InformerOptions(), Project, Given.Context(_time));
        _informer.AddIndex("entries", static count => [$"{count.Entries}"]);
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
    public async Task It_keeps_what_is_asked_for_and_lets_go_of_the_rest()
    {
        _server.List("5", Item("a", "1", """{"x":"1","y":"2"}"""), Item("b", "1"));
        var watch = _server.Watch();
        _run = _informer.RunAsync(_stop.Token);
        await watch.SendAsync("MODIFIED", Item("b", "6", """{"x":"1","y":"2"}"""));
        await _informer.WaitUntilAsync(counts => counts.ByIndex("entries", "2").Count == 2, CancellationToken.None);

        GC.Collect();

        // The newest may still be held by the loop that waits for the next.
        Assert.Equal(3, _whole.Count);
        Assert.All(_whole.Take(2), whole => Assert.False(whole.IsAlive));
    }

    [Fact]
    public async Task A_controller_can_watch_it()
    {
        _server.List("5", Item("a", "1"));
        var watch = _server.Watch();
        var passes = new List<string>();
        using var controller = ControllerBuilder.For(new Informer<ControllerRevision>(_client, new InformerOptions(), Given.Context(_time)))
            .Watches(_informer, static count => [NamespacedName.Of(count)])
            .WithOptions(new ControllerOptions { Workers = 1 })
            .Build(new FunctionReconciler(key => { passes.Add(key.Name); return ReconcileResult.Done; }), Given.Context(_time));
        var work = controller.RunAsync(_stop.Token);
        _run = _informer.RunAsync(_stop.Token);
        await _informer.WaitForSyncAsync(CancellationToken.None);
        await controller.IdleAsync(CancellationToken.None);
        await watch.SendAsync("DELETED", Item("a", "6"));
        await _informer.WaitUntilAsync(counts => counts.List().Count == 0, CancellationToken.None);
        await controller.IdleAsync(CancellationToken.None);

        Assert.Equal(["a", "a"], passes);
        await _stop.CancelAsync();
        await work;
    }

    [Fact]
    public async Task What_cannot_be_projected_is_named_and_hides_no_other()
    {
        _server.List("5", Item("a", "1", "null"), Item("b", "1"));
        _server.Watch();
        _run = _informer.RunAsync(_stop.Token);
        await _informer.WaitForSyncAsync(CancellationToken.None);

        Assert.Equal(["b"], _informer.List().Select(count => count.Metadata.Name));
        Assert.Equal([Given.A], _informer.Undecodable.Select(item => item.Name));
    }

    private Count Project(ConfigMap map)
    {
        _whole.Add(new WeakReference(map));
        return new Count(map.Metadata with { Labels = null, Annotations = null }, map.Data!.Count);
    }

    private sealed record Count(ObjectMeta Metadata, int Entries) : IKubernetesObject
    {
        public string? ApiVersion => null;

        public string? Kind => null;
    }
}
