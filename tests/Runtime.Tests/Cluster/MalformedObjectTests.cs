using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Runtime.Tests.Cluster;

[Trait("Category", "Faults")]
public sealed class MalformedObjectTests
{
    private const int Bad = 500;
    private const int Good = 20;

    private static readonly ApplyOptions Apply = new("tests");

    [Fact]
    public async Task Five_hundred_malformed_objects_hide_none_of_the_good_ones()
    {
        var kubectl = await Kubectl.AdministratorAsync(CancellationToken.None);
        await kubectl.RunAsync(["apply", "--server-side", "-f", "-"], Widget.CustomResourceDefinition);
        await kubectl.RunAsync(["wait", "--for=condition=Established", "--timeout=30s", "crd/widgets.tests.runbooks.dev"]);
        await using var server = await FaultyServer.StartAsync();
        try
        {
            var objects = MangledWidgets.Make(Bad, server.Namespace).Concat(Enumerable.Range(0, Good).Select(i => MangledWidgets.Widget($"good-{i}", server.Namespace)));
            await Parallel.ForEachAsync(objects, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (value, stop) => await StoreAsync(server, value, stop));
            await CheckAsync(server);
        }
        finally
        {
            await kubectl.RunAsync(["delete", "crd", "widgets.tests.runbooks.dev"]);
        }
    }

    private static async Task CheckAsync(FaultyServer server)
    {
        using var stop = new CancellationTokenSource();
        var widgets = new Informer<Widget>(server.Client, new InformerOptions { Namespace = server.Namespace, PageSize = 100 }, server.Context);
        var passes = new ConcurrentDictionary<string, string?>();
        var controller = ControllerBuilder.For(widgets).Build(
            new FunctionReconciler(key =>
            {
                passes[key.Name] = widgets.Find(key)?.Spec.Text;
                return ReconcileResult.Done;
            }),
            server.Context);
        var manager = new Manager(server.Context).Add(controller);
        var run = manager.RunAsync(stop.Token);
        await (await Task.WhenAny(manager.Started, run));
        await manager.IdleAsync(CancellationToken.None);

        Assert.Equal(Enumerable.Range(0, Good).Select(i => $"good-{i}").Order(StringComparer.Ordinal), passes.Keys.Order(StringComparer.Ordinal));
        Assert.All(passes.Values, text => Assert.Equal("good", text));
        Assert.Equal(Bad, widgets.Undecodable.Count);
        Assert.All(widgets.Undecodable, item => Assert.StartsWith("bad-", item.Name.Name, StringComparison.Ordinal));
        Assert.Equal(ProjectedInformer<Widget, Widget>.MaxNamed, server.Log.Lines.Count(line => line.Id == 114));
        Assert.Contains($"reflector_undecodable_objects{{resource=\"widgets.tests.runbooks.dev\"}} {Bad}\n", server.Metrics.Render(), StringComparison.Ordinal);

        await MendAndSpoilAsync(server, widgets);
        await stop.CancelAsync();
        await run;
    }

    // One that is mended is served; one that is spoilt keeps its last good state, and others go on.
    private static async Task MendAndSpoilAsync(FaultyServer server, Informer<Widget> widgets)
    {
        var (mended, spoilt, fresh) = (Key(server, "bad-0"), Key(server, "good-0"), Key(server, "good-1"));
        await StoreAsync(server, MangledWidgets.Widget(mended.Name, server.Namespace, ("spec.text", "\"mended\"")), CancellationToken.None);
        await StoreAsync(server, MangledWidgets.Widget(spoilt.Name, server.Namespace, ("spec.text", "[]")), CancellationToken.None);
        await StoreAsync(server, MangledWidgets.Widget(fresh.Name, server.Namespace, ("spec.text", "\"fresh\"")), CancellationToken.None);
        await widgets.WaitUntilAsync(all => all.Find(fresh)?.Spec.Text == "fresh", CancellationToken.None);

        Assert.Equal("mended", widgets.Find(mended)?.Spec.Text);
        Assert.Equal("good", widgets.Find(spoilt)?.Spec.Text);
        Assert.Contains(widgets.Undecodable, item => item.Name == spoilt);
        Assert.DoesNotContain(widgets.Undecodable, item => item.Name == mended);
    }

    private static Task<JsonObject> StoreAsync(FaultyServer server, JsonObject widget, CancellationToken cancellationToken) =>
        server.Administrator.ApplyAsync(Widget.Definition, Key(server, (string)widget["metadata"]!["name"]!), widget, Apply, cancellationToken);

    private static NamespacedName Key(FaultyServer server, string name) => new(server.Namespace, name);
}
