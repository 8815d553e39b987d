using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Benchmarks.Cluster;

/// <summary>Runbooks as teams write them: 8 steps, about 2 kB, many words the same in all and some in none other.</summary>
internal static class SampleRunbooks
{
    private const int Steps = 8;

    private static readonly string[] Services = ["checkout", "payment", "search", "basket", "login", "mail", "stock", "prices", "images", "reports"];
    private static readonly string[] Troubles = ["is slow", "does not answer", "loses requests", "runs out of memory", "runs out of connections", "restarts"];
    private static readonly string[] Actions = ["kubernetes/get", "kubernetes/events", "kubernetes/logs", "kubernetes/wait", "kubernetes/rollout-restart"];
    private static readonly string[] Verbs = ["look", "compare", "count", "restart", "wait", "scale", "check", "tell"];

    /// <summary>The runbook of this number: the same for the same seed.</summary>
    public static Runbook Make(int seed, int number, string ns, string name)
    {
        var random = new Random(HashCode(seed, number));
        var service = Services[random.Next(Services.Length)] + "-" + random.Next(100);
        return new Runbook
        {
            Metadata = new ObjectMeta
            {
                Name = name,
                Namespace = ns,
                Labels = new() { ["app.kubernetes.io/managed-by"] = "runbook-operator", ["runbooks.dev/repository"] = "runbooks", ["service"] = service },
                Annotations = new() { ["runbooks.dev/revision"] = Hex(random), ["runbooks.dev/path"] = $"services/{service}/{name}.yaml" },
            },
            Spec = new RunbookSpec
            {
                Title = $"{service} {Troubles[random.Next(Troubles.Length)]}",
                Summary = $"Requests to {service} take longer than {random.Next(1, 30)} s. Look at what changed last, then restart it, one Pod after the other.",
                Owner = $"team-{random.Next(20)}",
                Services = [service],
                Triggers = [new RunbookTrigger { Alert = new AlertTrigger { Matchers = [$"alertname=\"Slow{number}\"", $"service=\"{service}\""] } }],
                Mode = RunbookMode.Copilot,
                ServiceAccountName = $"{service}-fixer",
                Steps = [.. Enumerable.Range(0, Steps).Select(i => Step(random, service, i))],
            },
        };
    }

    /// <summary>The same with what the API server adds: uid, versions and managed fields.</summary>
    public static JsonNode AsStored(int seed, int number)
    {
        var node = JsonSerializer.SerializeToNode(Make(seed, number, "shop", $"runbook-{number:00000}"), KubernetesJson.Options)!;
        var metadata = node["metadata"]!.AsObject();
        var random = new Random(HashCode(seed, number));
        metadata["creationTimestamp"] = "2026-01-01T00:00:00Z";
        metadata["generation"] = 1;
        metadata["resourceVersion"] = (1000 + number).ToString();
        metadata["uid"] = $"{Hex(random)[..8]}-1111-4111-8111-{Hex(random)[..12]}";
        metadata["managedFields"] = JsonNode.Parse(
            """[{"apiVersion":"runbooks.dev/v1alpha1","fieldsType":"FieldsV1","fieldsV1":{"f:metadata":{"f:annotations":{".":{},"f:runbooks.dev/path":{},"f:runbooks.dev/revision":{}},"f:labels":{".":{},"f:app.kubernetes.io/managed-by":{},"f:runbooks.dev/repository":{},"f:service":{}}},"f:spec":{".":{},"f:mode":{},"f:owner":{},"f:serviceAccountName":{},"f:services":{},"f:steps":{},"f:summary":{},"f:title":{},"f:triggers":{}}},"manager":"runbook-operator","operation":"Update","time":"2026-01-01T00:00:00Z"}]""");
        return node;
    }

    private static RunbookStep Step(Random random, string service, int i) => i % 4 == 3
        ? new RunbookStep
        {
            Name = $"{Verbs[i]}-{i}",
            Title = $"Count the requests of {service} that wait",
            Run = $"kubectl logs --namespace \"$namespace\" --selector app={service} --tail={random.Next(10, 500)} | grep -c 'waits'",
            Risk = "safe",
        }
        : new RunbookStep
        {
            Name = $"{Verbs[i]}-{i}",
            Title = $"{Verbs[i]} at {service}",
            Uses = Actions[random.Next(Actions.Length)],
            With = new JsonObject { ["kind"] = "Deployment", ["name"] = service, ["namespace"] = "${namespace}" },
        };

    private static int HashCode(int seed, int number) => unchecked((seed * 1_000_003) + number);

    private static string Hex(Random random) => Convert.ToHexStringLower(BitConverter.GetBytes(random.NextInt64()));
}
