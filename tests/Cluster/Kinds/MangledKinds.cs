using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Cluster.Kinds;

/// <summary>Objects of the operator's own kinds that its types cannot hold, as an older or a broken schema may have let them in.</summary>
internal static class MangledKinds
{
    private const int Mistakes = 40;

    /// <summary>The kinds that the operator follows.</summary>
    public static readonly IReadOnlyList<(Type Type, ResourceDefinition Definition)> Followed =
    [
        (typeof(RunbookRepository), RunbookRepository.Definition),
        (typeof(Runbook), Runbook.Definition),
        (typeof(Incident), Incident.Definition),
        (typeof(RunbookExecution), RunbookExecution.Definition),
        (typeof(RunbookApproval), RunbookApproval.Definition),
    ];

    /// <summary>That many of a kind, each wrong in a way of its own.</summary>
    public static IEnumerable<JsonObject> Make(Type type, ResourceDefinition definition, int count, string ns, int seed)
    {
        var json = new RandomJson(new Random(seed), KubernetesJson.CreateOptions(new DefaultJsonTypeInfoResolver()), Mistakes);
        for (var made = 0; made < count;)
        {
            var value = new JsonObject
            {
                ["apiVersion"] = definition.ApiVersion,
                ["kind"] = definition.Kind,
                ["metadata"] = new JsonObject { ["name"] = $"bad-{made}", ["namespace"] = ns },
            };
            // What the API server would not store at all is no object.
            if (json.Of(type) is JsonObject random && random["spec"] is var spec)
            {
                value["spec"] = spec?.DeepClone();
                if (!IsReadable(value, type))
                {
                    made++;
                    yield return value;
                }
            }
        }
    }

    private static bool IsReadable(JsonObject value, Type type)
    {
        try
        {
            return value.Deserialize(type, KubernetesJson.Options) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
