using RunbookOperator.TestKit;

namespace RunbookOperator.Kubernetes.Tests;

public sealed class ListTests
{
    [Fact]
    public async Task One_item_that_cannot_be_decoded_does_not_blind_the_list()
    {
        using var wire = Wire.Answering("""
            {"metadata":{"resourceVersion":"7","continue":""},"items":[
              {"metadata":{"name":"a","namespace":"shop"}},
              {"metadata":{"name":"b","namespace":"shop"},"data":"no map"},
              {"metadata":{"name":"c","namespace":"shop"},"unknown":[{}]}]}
            """);

        var list = await wire.Client.ListAsync<ConfigMap>(null, null, CancellationToken.None);

        Assert.Equal(["a", "c"], list.Items.Select(item => item.Metadata.Name));
        var broken = Assert.Single(list.Undecodable);
        Assert.Equal(new NamespacedName("shop", "b"), broken.Name);
        Assert.Contains("$.data", broken.Error, StringComparison.Ordinal);
        Assert.Equal("7", list.ResourceVersion);
        Assert.Null(list.Continue);
    }

    [Fact]
    public async Task An_item_nested_too_deeply_is_left_out_like_any_other_broken_one()
    {
        var deep = new string('[', 9000) + new string(']', 9000);
        using var wire = Wire.Answering(
            $$$"""{"metadata":{},"items":[{"metadata":{"name":"deep"},"revision":1,"data":{{{deep}}}},{"metadata":{"name":"flat"},"revision":1}]}""");

        var list = await wire.Client.ListAsync<ControllerRevision>(null, null, CancellationToken.None);

        Assert.Equal("flat", Assert.Single(list.Items).Metadata.Name);
        Assert.Equal("deep", Assert.Single(list.Undecodable).Name.Name);
    }

    [Fact]
    public async Task All_pages_are_followed_and_the_version_is_asked_for_only_once()
    {
        using var wire = new Wire(request => WireHandler.Json(request.Uri.Query.Contains("continue=t%2B1", StringComparison.Ordinal)
            ? """{"metadata":{},"items":[{"metadata":{"name":"b"}}]}"""
            : """{"metadata":{"continue":"t+1"},"items":[{"metadata":{"name":"a"}}]}"""));

        var items = await wire.Client.ListAllAsync<Pod>("shop", new ListOptions { LabelSelector = "a in (b,c)", ResourceVersion = "5" }, CancellationToken.None);

        Assert.Equal(["a", "b"], items.Select(item => item.Metadata.Name));
        Assert.Equal(
            [
                "GET /base/api/v1/namespaces/shop/pods?labelSelector=a%20in%20%28b%2Cc%29&limit=500&resourceVersion=5",
                "GET /base/api/v1/namespaces/shop/pods?labelSelector=a%20in%20%28b%2Cc%29&limit=500&continue=t%2B1",
            ],
            wire.Handler.Requests.Select(request => request.Line));
    }

    [Fact]
    public async Task A_list_of_nothing_may_say_null()
    {
        using var wire = Wire.Answering("""{"metadata":{"resourceVersion":"1"},"items":null}""");

        Assert.Empty((await wire.Client.ListAsync<Pod>(null, null, CancellationToken.None)).Items);
    }
}
