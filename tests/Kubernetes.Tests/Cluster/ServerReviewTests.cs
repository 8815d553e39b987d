using System.Text.Json.Nodes;

namespace RunbookOperator.Kubernetes.Tests.Cluster;

[Trait("Category", "Cluster")]
public sealed class ServerReviewTests : TestNamespace
{
    [Fact]
    public async Task A_token_that_was_asked_for_is_known_when_it_is_reviewed()
    {
        await Client.CreateAsync(new ServiceAccount { Metadata = new ObjectMeta { Name = "fixer", Namespace = Name } }, CancellationToken.None);

        var made = await Client.RequestTokenAsync(Key("fixer"), new TokenRequestSpec { Audiences = [], ExpirationSeconds = 600 }, CancellationToken.None);
        var review = await Client.CreateAsync(new TokenReview { Spec = new TokenReviewSpec { Token = made.Token } }, CancellationToken.None);
        var forged = await Client.CreateAsync(new TokenReview { Spec = new TokenReviewSpec { Token = "forged" } }, CancellationToken.None);

        Assert.True(review.Status!.Authenticated);
        Assert.Equal($"system:serviceaccount:{Name}:fixer", review.Status.User?.Username);
        Assert.NotEqual(default, made.ExpirationTimestamp);
        Assert.DoesNotContain(made.Token, $"{made} {review}", StringComparison.Ordinal);
        Assert.False(forged.Status!.Authenticated);
    }

    [Fact]
    public async Task Reviews_tell_what_somebody_may_do()
    {
        var path = new SelfSubjectAccessReview { Spec = new SelfSubjectAccessReviewSpec { NonResourceAttributes = new NonResourceAttributes("get", "/metrics") } };
        var subject = new SubjectAccessReview
        {
            Spec = new SubjectAccessReviewSpec
            {
                User = "jane",
                Groups = ["system:masters"],
                ResourceAttributes = new ResourceAttributes { Verb = "delete", Resource = "pods", Namespace = Name },
            },
        };
        var rules = new SelfSubjectRulesReview { Spec = new SelfSubjectRulesReviewSpec(Name) };

        Assert.True((await Client.CreateAsync(path, CancellationToken.None)).Status?.Allowed);
        Assert.False((await Client.As(new Impersonation("jane", [])).CreateAsync(path, CancellationToken.None)).Status?.Allowed);
        Assert.True((await Client.CreateAsync(subject, CancellationToken.None)).Status?.Allowed);
        Assert.Contains((await Client.CreateAsync(rules, CancellationToken.None)).Status!.ResourceRules!, rule => rule.Verbs.Contains("*"));
    }

    [Fact]
    public async Task Each_of_several_groups_gives_its_rights()
    {
        var rules = new SelfSubjectAccessReview
        {
            Spec = new SelfSubjectAccessReviewSpec { ResourceAttributes = new ResourceAttributes { Verb = "get", Resource = "pods", Namespace = Name } },
        };

        var jane = Client.As(new Impersonation("jane", ["system:authenticated", "system:masters"]));

        Assert.True((await jane.CreateAsync(rules, CancellationToken.None)).Status?.Allowed);
    }

    [Fact]
    public async Task Metadata_is_read_listed_and_watched_without_the_rest()
    {
        await Client.CreateAsync(Map("a", ("x", "1")), CancellationToken.None);
        var whole = await Client.GetRawAsync($"/api/v1/namespaces/{Name}/configmaps/a", CancellationToken.None);

        var one = await Client.GetMetadataAsync(ConfigMap.Definition, Key("a"), CancellationToken.None);
        var list = await Client.ListMetadataAsync(ConfigMap.Definition, Name, new ListOptions { LabelSelector = "test=yes" }, CancellationToken.None);
        var watch = Client.WatchMetadataAsync(
            ConfigMap.Definition, Name, new WatchOptions { ResourceVersion = list.ResourceVersion, LabelSelector = "test=yes" }, CancellationToken.None);
        await Client.PatchAsync<ConfigMap>(
            Key("a"), new Patch(PatchType.Merge, new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["n"] = "2" } } }), CancellationToken.None);

        Assert.Contains("\"data\"", whole, StringComparison.Ordinal);
        Assert.Equal("PartialObjectMetadata", one.Kind);
        Assert.Equal("a", Assert.Single(list.Items).Metadata.Name);
        await foreach (var change in watch)
        {
            Assert.Equal("2", change.Object?.Metadata.Labels?["n"]);
            Assert.Equal("PartialObjectMetadata", change.Object?.Kind);
            break;
        }
    }

    [Fact]
    public async Task Objects_of_any_kind_are_made_and_removed_and_a_dry_run_does_neither()
    {
        var kind = (await Client.DiscoverAsync("cm", null, CancellationToken.None))!;
        var value = new JsonObject { ["metadata"] = new JsonObject { ["name"] = "a", ["namespace"] = Name }, ["data"] = new JsonObject { ["x"] = "1" } };

        await Client.CreateAsync(kind, value, new CreateOptions { DryRun = true }, CancellationToken.None);
        Assert.Null(await Client.FindAsync<ConfigMap>(Key("a"), CancellationToken.None));
        await Client.CreateAsync(Map("b"), new CreateOptions { DryRun = true, FieldManager = "tests" }, CancellationToken.None);
        Assert.Null(await Client.FindAsync<ConfigMap>(Key("b"), CancellationToken.None));
        var made = await Client.CreateAsync(kind, value, null, CancellationToken.None);
        await Client.DeleteAsync(kind, Key("a"), new DeleteOptions { DryRun = true }, CancellationToken.None);
        Assert.NotNull(await Client.FindAsync<ConfigMap>(Key("a"), CancellationToken.None));
        await Client.DeleteAsync(kind, Key("a"), new DeleteOptions { Uid = made["metadata"]!["uid"]!.GetValue<string>() }, CancellationToken.None);

        Assert.Null(await Client.FindAsync<ConfigMap>(Key("a"), CancellationToken.None));
    }

    [Fact]
    public async Task The_server_says_which_version_it_is_and_lists_may_ask_for_one()
    {
        var version = await Client.GetVersionAsync(CancellationToken.None);
        await Client.CreateAsync(Map("a"), CancellationToken.None);
        var list = await Client.ListAsync<ConfigMap>(Name, null, CancellationToken.None);
        await Client.CreateAsync(Map("b"), CancellationToken.None);

        var exact = await Client.ListAsync<ConfigMap>(
            Name,
            new ListOptions { ResourceVersion = list.ResourceVersion, ResourceVersionMatch = ResourceVersionMatch.Exact, Limit = 500, LabelSelector = "test=yes" },
            CancellationToken.None);

        Assert.True(version.IsAtLeast(1, 20), version.Text);
        Assert.Equal(["a"], exact.Items.Select(map => map.Metadata.Name));
    }

    [Fact]
    public async Task Cron_jobs_are_found_in_the_version_that_has_them()
    {
        var found = await Client.DiscoverAsync("CronJob", null, CancellationToken.None);
        var version = await Client.GetVersionAsync(CancellationToken.None);

        Assert.Equal(version.IsAtLeast(1, 21) ? "batch/v1" : "batch/v1beta1", found?.ApiVersion);
    }
}
