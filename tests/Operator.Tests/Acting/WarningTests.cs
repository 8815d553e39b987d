using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using RunbookOperator.Actions;
using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.Kubernetes;
using RunbookOperator.Policies;
using RunbookOperator.Risk;
using RunbookOperator.TestKit;
using RunbookOperator.Tests.Policies;

namespace RunbookOperator.Tests.Acting;

public sealed class WarningTests
{
    private const string Deployment = """
        {"apiVersion": "apps/v1", "kind": "Deployment", "spec": {"replicas": 1},
         "metadata": {"name": "web", "namespace": "shop", "uid": "u", "resourceVersion": "1", "labels": {"kustomize.toolkit.fluxcd.io/name": "shop"}}}
        """;

    [Fact]
    public async Task Who_will_revert_a_change_stands_behind_the_gravest_reason()
    {
        using var client = new KubernetesClient(new Uri("https://kubernetes"), new WireHandler(
            _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Deployment, Encoding.UTF8, "application/json") }));
        var judge = new StepJudge(ActionCatalog.Default, new RiskClassifier());
        var preparer = new StepPreparer(
            client,
            ActionCatalog.Default,
            new StepJudges(ActionCatalog.Default, judge),
            new FixedPolicies(EffectivePolicy.BuiltIn),
            new ExecutionOptions { StepImage = "step:1" },
            new ManualTimeProvider());
        var step = new RunbookStep
        {
            Name = "s",
            Uses = "kubernetes/scale",
            With = JsonNode.Parse("""{"kind": "Deployment", "name": "web", "replicas": 0}""")!.AsObject(),
        };
        var runbook = new RunbookSpec { Title = "t", ServiceAccountName = "fixer", Steps = [step] };

        var prepared = await preparer.PrepareAsync(
            Prepared.Execution, runbook, new Request.Prepare(step, 1, new Dictionary<string, string>()), CancellationToken.None);

        Assert.Null(prepared.Problem);
        Assert.Equal(
            [
                "0 replicas stop the service: no pod is left",
                "Flux manages it (Kustomization shop): the change will be reverted at the next reconciliation; change it in Git too",
                "changes how many pods run",
            ],
            prepared.Reasons);
    }
}
