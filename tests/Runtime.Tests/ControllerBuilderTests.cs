using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Runtime.Tests;

public sealed class ControllerBuilderTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly KubernetesClient _client;
    private readonly Informer<ControllerRevision> _revisions;
    private readonly Informer<ConfigMap> _maps;
    private readonly List<NamespacedName> _passes = [];

    public ControllerBuilderTests()
    {
        _client = Given.Client(new ScriptedServer().Handler, _time);
        _revisions = new Informer<ControllerRevision>(_client, new InformerOptions(), Given.Context(_time));
        _maps = new Informer<ConfigMap>(_client, new InformerOptions(), Given.Context(_time));
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_change_to_an_owned_object_asks_for_its_owner()
    {
        var owner = new OwnerReference { ApiVersion = "apps/v1", Kind = "ControllerRevision", Name = "owner", Uid = "u", Controller = true };
        var builder = ControllerBuilder.For(_revisions).Owns(_maps);

        var passes = await RunAsync(builder, () =>
        {
            See(_maps, WatchEventType.Added, Owned("a", owner));
            See(_maps, WatchEventType.Added, Owned("b", owner with { Controller = null, Name = "no-controller" }));
            See(_maps, WatchEventType.Added, Owned("c", owner with { Kind = "Other", Name = "other-kind" }));
        });

        Assert.Equal(["shop/owner"], passes);
    }

    [Fact]
    public async Task A_deleted_object_still_leads_to_its_key()
    {
        See(_revisions, WatchEventType.Added, Revision("a"));

        var passes = await RunAsync(ControllerBuilder.For(_revisions), () => See(_revisions, WatchEventType.Deleted, Revision("a")));

        Assert.Equal(["shop/a"], passes.Distinct());
    }

    [Fact]
    public async Task A_change_of_mind_asks_for_both_the_old_and_the_new()
    {
        var builder = ControllerBuilder.For(_revisions).Watches(_maps, map => [new NamespacedName("shop", map.Metadata.Labels!["group"])], Predicates.Any);
        See(_maps, WatchEventType.Added, Given.Map("m", "1", "old"));

        var passes = await RunAsync(builder, () => See(_maps, WatchEventType.Modified, Given.Map("m", "2", "new")));

        Assert.Equal(["shop/new", "shop/old"], passes.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_change_that_the_predicate_refuses_asks_for_nothing()
    {
        var builder = ControllerBuilder.For(_revisions, change => change.Object.Metadata.Name != "a");

        var passes = await RunAsync(builder, () =>
        {
            See(_revisions, WatchEventType.Added, Revision("a"));
            See(_revisions, WatchEventType.Added, Revision("b"));
        });

        Assert.Equal(["shop/b"], passes);
    }

    [Theory]
    [InlineData(1, 1, null, null, false)]
    [InlineData(1, 2, null, null, true)]
    [InlineData(1, 1, null, "x", true)]
    [InlineData(1, 1, "x", "x", false)]
    public void Generation_and_annotation_decide(long before, long after, string? oldNote, string? newNote, bool expected)
    {
        var change = new ResourceEvent<ControllerRevision>(Revision("a", "1", before, oldNote), Revision("a", "2", after, newNote));

        Assert.Equal(
            expected, Predicates.Either(Predicates.GenerationChanged, Predicates.AnnotationChanged<ControllerRevision>("now"))(change));
    }

    private async Task<IReadOnlyList<string>> RunAsync(ControllerBuilder builder, Action act)
    {
        using var stop = new CancellationTokenSource();
        using var controller = builder.WithOptions(new ControllerOptions { Workers = 1 }).Build(
            new FunctionReconciler(key =>
            {
                _passes.Add(key);
                return ReconcileResult.Done;
            }), Given.Context(_time));
        act();
        var run = controller.RunAsync(stop.Token);
        await controller.IdleAsync(CancellationToken.None);
        await stop.CancelAsync();
        await run;
        return [.. _passes.Select(key => key.ToString())];
    }

    private static void See<T>(Informer<T> informer, WatchEventType type, T value)
        where T : class, IKubernetesObject<T> =>
        ((IReflectorTarget<T>)informer).Apply(new WatchEvent<T>(type, value, value.Metadata.ResourceVersion));

    private static ConfigMap Owned(string name, OwnerReference owner)
    {
        var map = Given.Map(name);
        return map with { Metadata = map.Metadata with { OwnerReferences = [owner] } };
    }

    private static ControllerRevision Revision(string name, string version = "1", long generation = 1, string? note = null) => new()
    {
        Revision = 1,
        Metadata = Given.Map(name, version).Metadata with
        {
            Generation = generation,
            Annotations = note is null ? null : new() { ["now"] = note },
        },
    };
}
