using System.Text.Json.Nodes;

namespace RunbookOperator.Kubernetes.Tests.Cluster;

[Trait("Category", "Cluster")]
public sealed class ServerTests : TestNamespace
{
    private static readonly ApplyOptions Ours = new("runbook-operator");

    [Fact]
    public async Task Create_twice_is_AlreadyExists_and_a_patch_of_an_old_version_is_a_conflict()
    {
        var made = await Client.CreateAsync(Map("a", ("x", "1")), CancellationToken.None);

        var exists = await Assert.ThrowsAsync<ApiException>(() => Client.CreateAsync(Map("a"), CancellationToken.None));
        await Client.PatchAsync<ConfigMap>(Key("a"), Versioned(made, "2"), CancellationToken.None);
        var conflict = await Assert.ThrowsAsync<ApiException>(() => Client.PatchAsync<ConfigMap>(Key("a"), Versioned(made, "3"), CancellationToken.None));

        Assert.True(exists.IsAlreadyExists);
        Assert.True(conflict.IsConflict);
        Assert.Equal("2", (await Client.GetAsync<ConfigMap>(Key("a"), CancellationToken.None)).Data!["x"]);
    }

    [Fact]
    public async Task Apply_owns_fields_and_drops_those_it_no_longer_names()
    {
        await Client.ApplyAsync(Map("a", ("x", "1"), ("y", "1")), Ours, CancellationToken.None);
        await Client.ApplyAsync(Map("a", ("z", "1")), new ApplyOptions("somebody-else"), CancellationToken.None);

        var after = await Client.ApplyAsync(Map("a", ("x", "2")), Ours, CancellationToken.None);
        var conflict = await Assert.ThrowsAsync<ApiException>(
            () => Client.ApplyAsync(Map("a", ("z", "2")), new ApplyOptions("runbook-operator", Force: false), CancellationToken.None));

        Assert.Equal(["x=2", "z=1"], after.Data!.Select(entry => $"{entry.Key}={entry.Value}").Order(StringComparer.Ordinal));
        Assert.True(conflict.IsConflict);
    }

    [Fact]
    public async Task A_JSON_patch_and_an_untyped_apply_reach_the_same_object()
    {
        await Client.CreateAsync(Map("a", ("x", "1")), CancellationToken.None);
        var patch = new Patch(PatchType.Json, new JsonArray(new JsonObject { ["op"] = "replace", ["path"] = "/data/x", ["value"] = "2" }));
        var kind = await Client.DiscoverAsync("cm", null, CancellationToken.None);

        var patched = await Client.PatchAsync(kind!, Key("a"), patch, CancellationToken.None);
        var value = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ConfigMap",
            ["metadata"] = new JsonObject { ["name"] = "a", ["namespace"] = Name },
            ["data"] = new JsonObject { ["y"] = "3" },
        };
        var applied = await Client.ApplyAsync(kind!, Key("a"), value, Ours, CancellationToken.None);

        Assert.Equal("2", patched["data"]!["x"]!.GetValue<string>());
        Assert.Equal("3", applied["data"]!["y"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_deletion_of_another_uid_is_refused()
    {
        await Client.CreateAsync(Map("a"), CancellationToken.None);

        var refused = await Assert.ThrowsAsync<ApiException>(
            () => Client.DeleteAsync<ConfigMap>(Key("a"), new DeleteOptions { Uid = "another" }, CancellationToken.None));
        await Client.DeleteAsync<ConfigMap>(Key("a"), null, CancellationToken.None);

        Assert.True(refused.IsConflict);
        Assert.Null(await Client.FindAsync<ConfigMap>(Key("a"), CancellationToken.None));
    }

    [Fact]
    public async Task A_list_comes_in_pages_and_a_dry_run_stores_nothing()
    {
        foreach (var name in (string[])["a", "b", "c"])
        {
            await Client.CreateAsync(Map(name), CancellationToken.None);
        }

        await Client.ApplyAsync(Map("d"), Ours with { DryRun = true }, CancellationToken.None);
        var options = new ListOptions { Limit = 2, LabelSelector = "test=yes" };

        var page = await Client.ListAsync<ConfigMap>(Name, options, CancellationToken.None);
        var all = await Client.ListAllAsync<ConfigMap>(Name, options, CancellationToken.None);

        Assert.Equal(2, page.Items.Count);
        Assert.NotNull(page.Continue);
        Assert.Equal(["a", "b", "c"], all.Select(map => map.Metadata.Name));
    }

    [Fact]
    public async Task Whoever_is_impersonated_has_only_its_own_rights()
    {
        await Client.CreateAsync(Map("a"), CancellationToken.None);
        var nobody = Client.As(Impersonation.ServiceAccount(Name, "nobody"));

        var forbidden = await Assert.ThrowsAsync<ApiException>(() => nobody.GetAsync<ConfigMap>(Key("a"), CancellationToken.None));
        var review = new SelfSubjectAccessReview
        {
            Spec = new SelfSubjectAccessReviewSpec { ResourceAttributes = new ResourceAttributes { Verb = "get", Resource = "configmaps", Namespace = Name } },
        };

        Assert.True(forbidden.IsForbidden);
        Assert.False((await nobody.CreateAsync(review, CancellationToken.None)).Status?.Allowed);
        Assert.True((await Client.CreateAsync(review, CancellationToken.None)).Status?.Allowed);
    }

    [Fact]
    public async Task Deployments_are_found_by_short_name() =>
        Assert.Equal(
            new ResourceDefinition("apps", "v1", "Deployment", "deployments"), await Client.DiscoverAsync("deploy", null, CancellationToken.None));

    private static Patch Versioned(ConfigMap map, string value) => new(PatchType.Merge, new JsonObject
    {
        ["metadata"] = new JsonObject { ["resourceVersion"] = map.Metadata.ResourceVersion },
        ["data"] = new JsonObject { ["x"] = value },
    });
}
