using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions.Tests.Cluster;

public sealed class JobTests : PodsOnCluster
{
    private const string Reindex = """{"cronJob": "reindex"}""";

    private static readonly ResourceDefinition Job = new("batch", "v1", "Job", "jobs");

    [Fact]
    public async Task A_job_of_a_cronjob_is_started_and_deleted_again_while_it_runs()
    {
        await CronJobAsync();

        var (target, outcome) = await ActAsync("job", Context(Reindex));
        var made = await GetAsync(Job, Attempt);

        Assert.Equal($"Job {Name}/{Attempt} started\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        Assert.Equal("manual", made.Text("metadata", "annotations", "cronjob.kubernetes.io/instantiate"));
        Assert.Equal(("CronJob", "reindex"), (made.Items("metadata", "ownerReferences").Single().Text("kind"), made.Items("metadata", "ownerReferences").Single().Text("name")));
        Assert.Equal("nightly", made.Text("metadata", "labels", "work"));

        var (undo, undone) = await UndoAsync("job", Context(Reindex, Undo), target);
        Assert.Equal(made.Text("metadata", "uid"), undo.Uid);
        Assert.IsType<ActionOutcome.Succeeded>(undone);
        Assert.True(await FindAsync(Job, Attempt) is not { } left || left.Text("metadata", "deletionTimestamp") is not null);
    }

    [Fact]
    public async Task Acting_again_adopts_the_job_that_is_there()
    {
        await CronJobAsync();
        var (target, _) = await ActAsync("job", Context(Reindex));

        Assert.IsType<ActionOutcome.Succeeded>(await Action("job").ActAsync(Context(Reindex), target, CancellationToken.None));
        Assert.Single(await Client.ListAsync(Job, Name, null, CancellationToken.None));
    }

    [Fact]
    public async Task A_cronjob_that_has_changed_since_is_looked_at_again()
    {
        var cronJobs = await CronJobAsync();
        var target = await Action("job").PrepareAsync(Context(Reindex), CancellationToken.None);
        await PatchAsync(cronJobs, "reindex", """{"spec": {"jobTemplate": {"spec": {"backoffLimit": 5}}}}""");

        Assert.IsType<ActionOutcome.Moved>(await Action("job").ActAsync(Context(Reindex), target, CancellationToken.None));
        Assert.Null(await FindAsync(Job, Attempt));
    }

    [Fact]
    public async Task A_job_that_has_ended_is_not_undone()
    {
        var spec = new JsonObject { ["template"] = new JsonObject { ["spec"] = PodSpec() } };
        spec["template"]!["spec"]!["restartPolicy"] = "Never";
        spec["template"]!["spec"]!["containers"]![0]!["command"] = new JsonArray("/bin/busybox", "true");
        var with = new JsonObject { ["spec"] = spec }.ToJsonString();
        await AccountAsync();
        var (target, _) = await ActAsync("job", Context(with));
        await EndedAsync();

        var exception = await Assert.ThrowsAsync<ActionException>(() => Action("job").PrepareUndoAsync(Context(with, Undo), target, CancellationToken.None));

        Assert.Equal($"Job {Name}/{Attempt} has ended; what it did stays", exception.Message);
    }

    [Fact]
    public async Task A_dry_run_makes_nothing()
    {
        await CronJobAsync();
        var (_, outcome) = await ActAsync("job", Context(Reindex) with { DryRun = true });
        Assert.StartsWith("dry run, nothing was changed: ", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output, StringComparison.Ordinal);
        Assert.Null(await FindAsync(Job, Attempt));
    }

    private async Task EndedAsync()
    {
        while (await Action("wait").ActAsync(Context($$"""{"kind": "Job", "name": "{{Attempt}}", "for": "Complete"}"""), null, CancellationToken.None) is ActionOutcome.Pending)
        {
            await Task.Yield();
        }
    }

    // Suspended, so that it starts nothing by itself.
    private async Task<ResourceDefinition> CronJobAsync()
    {
        var resource = (await Client.DiscoverAsync("cronjobs.batch", null, CancellationToken.None))!;
        var template = new JsonObject { ["spec"] = PodSpec() };
        template["spec"]!["restartPolicy"] = "Never";
        template["spec"]!["nodeSelector"] = new JsonObject { ["example.test/node"] = "none" };
        await Client.CreateAsync(
            resource,
            new JsonObject
            {
                ["metadata"] = new JsonObject { ["name"] = "reindex", ["namespace"] = Name },
                ["spec"] = new JsonObject
                {
                    ["schedule"] = "0 3 * * *",
                    ["suspend"] = true,
                    ["jobTemplate"] = new JsonObject
                    {
                        ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["work"] = "nightly" } },
                        ["spec"] = new JsonObject { ["template"] = template },
                    },
                },
            },
            null,
            CancellationToken.None);
        return resource;
    }
}
