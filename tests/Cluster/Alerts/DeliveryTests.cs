using System.Net;
using RunbookOperator.Api;
using RunbookOperator.Cluster.Stories;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cluster.Alerts;

[Collection(SceneCollection.Name)]
[Trait("Category", "Cluster")]
public sealed class DeliveryTests(Scene scene)
{
    [Fact]
    public async Task While_nothing_can_be_stored_Alertmanager_is_told_so_and_delivers_later_nothing_lost_nothing_doubled()
    {
        await scene.LetAlertsInAsync();
        await scene.ApplyAsync("""
            apiVersion: runbooks.dev/v1alpha1
            kind: Runbook
            metadata: {name: checkout-slow}
            spec:
              title: Checkout is slow
              triggers: [{alert: {matchers: ['alertname="CheckoutPoolExhausted"']}}]
              steps: [{name: call, manual: Call the owner}]
            """);
        await Stage.UntilAsync("the runbook was judged", async () =>
            (await scene.Kubectl.RunAsync(["get", "runbook", "checkout-slow", "-n", scene.Namespace, "-o", "jsonpath={.status.riskSummary}"])).Length > 0);
        await using var alertmanager = await Alertmanager.StartAsync(scene.Operator.AlertsOf(scene.Namespace), Stage.Token);
        var startsAt = TimeProvider.System.GetUtcNow();

        scene.Operator.Faults.Refuse = HttpStatusCode.ServiceUnavailable;
        await alertmanager.FireAsync(scene.Namespace, startsAt);
        await Stage.UntilAsync("Alertmanager was refused more than once", async () => await alertmanager.RefusedAsync() > 1);
        Assert.Empty(await IncidentsAsync());
        scene.Operator.Faults.Refuse = null;

        await Stage.UntilAsync("the run waits", async () => (await RunsAsync()).Any(run => run.Status?.Steps?[0].State == StepState.Waiting));
        await alertmanager.FireAsync(scene.Namespace, startsAt, TimeProvider.System.GetUtcNow());
        await Stage.UntilAsync("the incident is over", async () => (await IncidentsAsync()).Any(incident => incident.Status?.Phase == IncidentPhase.Resolved));

        var incident = Assert.Single(await IncidentsAsync());
        var run = Assert.Single(await RunsAsync());
        Assert.Equal((1, 1), (incident.Spec.AlertCount, incident.Spec.Alerts!.Count));
        Assert.Equal([run.Metadata.Name!], incident.Status!.Executions!);
        Assert.Equal((ExecutionPhase.Succeeded, StepState.Skipped), (run.Status!.Phase, run.Status.Steps![0].State));
    }

    private Task<IReadOnlyList<Incident>> IncidentsAsync() => scene.Client.ListAllAsync<Incident>(scene.Namespace, null, CancellationToken.None);

    private async Task<List<RunbookExecution>> RunsAsync() =>
        [.. (await scene.Client.ListAllAsync<RunbookExecution>(scene.Namespace, null, CancellationToken.None)).Where(run => run.Spec.Trigger.Type == TriggerType.Alert)];
}
