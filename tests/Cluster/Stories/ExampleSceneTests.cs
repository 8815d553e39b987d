using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cluster.Stories;

/// <summary>The stories of <c>examples/stories</c> that one operator plays.</summary>
[Collection(SceneCollection.Name)]
[Trait("Category", "EndToEnd")]
public sealed class ExampleSceneTests(Scene scene)
{
    [Fact]
    public async Task Autopilot_restarts_by_itself_where_the_base_policy_says_so_and_waits_with_what_is_dangerous()
    {
        var generation = await scene.GenerationAsync();
        await scene.ApplyAsync(await ExampleStories.ReadAsync("autopilot-policy"), TestOperator.Namespace);
        try
        {
            var policy = new NamespacedName(TestOperator.Namespace, "default");
            await Stage.UntilAsync("the base policy is judged", async () =>
                (await scene.Client.GetAsync<RunbookPolicy>(policy, CancellationToken.None)).Status is { ObservedGeneration: > 0 });
            var run = await scene.StartExampleAsync("autopilot");
            var waiting = await scene.UntilAsync(run, "what is dangerous waits", status => status.Steps?.Any(step => step is { Name: "stop", State: StepState.Waiting }) == true);

            Assert.Equal(["look:Succeeded", "bounce:Succeeded", "stop:Waiting"], waiting.Status!.Steps!.Select(step => $"{step.Name}:{step.State}"));
            Assert.Equal((generation + 1, null), (await scene.GenerationAsync(), waiting.Status.ApprovedBy));
            await scene.WantAsync("riley", run, DesiredState.Aborted);
            await scene.EndAsync(run);
        }
        finally
        {
            await scene.Kubectl.RunAsync(["delete", "rbp", "default", "-n", TestOperator.Namespace]);
        }
    }

    [Fact]
    public async Task Two_steps_look_side_by_side_and_the_third_waits_for_both()
    {
        var run = await scene.StartExampleAsync("side-by-side");
        await scene.UntilAsync(run, "both run at once", status => status.Steps?.Count(step => step.State == StepState.Running) == 2);

        var ended = await scene.EndAsync(run);
        Assert.Equal(["service:Succeeded", "database:Succeeded", "bounce:Skipped"], ended.Status!.Steps!.Select(step => $"{step.Name}:{step.State}"));
        Assert.Equal(("40", "900"), (ended.Status.Variables!["service_ms"], ended.Status.Variables["database_ms"]));
    }
}
