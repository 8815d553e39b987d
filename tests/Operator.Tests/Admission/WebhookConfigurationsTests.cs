using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Admission;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Operator.Tests.Admission;

public sealed class WebhookConfigurationsTests
{
    private static readonly AdmissionOptions Options = new() { Namespace = "runbooks", OperatorUsername = Requests.Operator };

    [Fact]
    public void Nothing_is_stored_without_an_answer()
    {
        var webhooks = Mutating(Options)["webhooks"]!.AsArray();

        Assert.Equal(["runbookapprovals", "runbookexecutions", "incidents"], webhooks.Select(webhook => (string?)webhook!["rules"]![0]!["resources"]![0]));
        Assert.All(webhooks, webhook =>
        {
            Assert.Equal("Fail", (string?)webhook!["failurePolicy"]);
            Assert.Equal("None", (string?)webhook["sideEffects"]);
            Assert.Equal("Equivalent", (string?)webhook["matchPolicy"]);
            Assert.Equal("IfNeeded", (string?)webhook["reinvocationPolicy"]);
            Assert.Equal(5, (int?)webhook["timeoutSeconds"]);
            Assert.Equal("""["CREATE","UPDATE"]""", webhook["rules"]![0]!["operations"]!.ToJsonString());
            Assert.Equal("AQI=", (string?)webhook["clientConfig"]!["caBundle"]);
        });
    }

    [Fact]
    public void Inside_the_cluster_the_service_is_called()
    {
        var client = Mutating(Options)["webhooks"]![0]!["clientConfig"]!;

        Assert.Equal(
            """{"namespace":"runbooks","name":"runbook-operator","path":"/admission/mutate","port":443}""", client["service"]!.ToJsonString());
        Assert.Null(client["url"]);
        Assert.Equal(["runbook-operator.runbooks.svc"], Options.ServerNames);
    }

    [Fact]
    public void Outside_the_cluster_the_url_is_called()
    {
        var options = Options with { Url = new Uri("https://10.99.0.1:8443") };
        var webhook = WebhookConfigurations.Validating(options, [1, 2]).Webhooks![0];

        Assert.Equal("https://10.99.0.1:8443/admission/validate", webhook.ClientConfig.Url);
        Assert.Null(webhook.ClientConfig.Service);
        Assert.Null(webhook.ReinvocationPolicy);
        Assert.Contains("10.99.0.1", options.ServerNames);
    }

    private static JsonNode Mutating(AdmissionOptions options) =>
        JsonSerializer.SerializeToNode(WebhookConfigurations.Mutating(options, [1, 2]), KubernetesJson.Options)!;
}
