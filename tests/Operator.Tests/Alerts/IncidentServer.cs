using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Alerts;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Policies;
using RunbookOperator.Runtime;
using RunbookOperator.TestKit;
using RunbookOperator.Tests.Policies;

namespace RunbookOperator.Tests.Alerts;

/// <summary>Keeps incidents as the API server does: names are taken, versions are held against those of patches, lists go by label.</summary>
internal sealed class IncidentServer : IDisposable
{
    private readonly Lock _lock = new();
    private readonly KubernetesClient _client;
    private int _version;

    public IncidentServer()
    {
        Handler = new WireHandler(AnswerAsync);
        _client = new KubernetesClient(new Uri("https://kubernetes"), Handler);
        Intake = new AlertIntake(_client, Cache, new FixedPolicies(EffectivePolicy.BuiltIn), Time);
    }

    public WireHandler Handler { get; }

    /// <summary>What the operator's cache knows: nothing, until a test says otherwise.</summary>
    public CachedIncidents Cache { get; } = new();

    public ManualTimeProvider Time { get; } = new();

    public AlertIntake Intake { get; }

    public List<Incident> Stored { get; } = [];

    /// <summary>Asked before each request; what it answers goes out in place of the server's own answer.</summary>
    public Func<WireRequest, Task<HttpResponseMessage?>> Before { get; set; } = static _ => Task.FromResult<HttpResponseMessage?>(null);

    public IEnumerable<string> Writes => Handler.Requests.Where(request => request.Method != "GET").Select(request => request.Method);

    public void Dispose() => _client.Dispose();

    /// <summary>Stores one as somebody else would.</summary>
    public Incident Put(Incident incident)
    {
        lock (_lock)
        {
            Stored.RemoveAll(other => other.Metadata.Name == incident.Metadata.Name);
            Stored.Add(incident with { Metadata = incident.Metadata with { ResourceVersion = $"{++_version}" } });
            return Stored[^1];
        }
    }

    private async Task<HttpResponseMessage> AnswerAsync(WireRequest request, CancellationToken cancellationToken)
    {
        if (await Before(request).WaitAsync(cancellationToken) is { } answer)
        {
            return answer;
        }

        lock (_lock)
        {
            return request.Method switch
            {
                "GET" => List(request),
                "POST" => Create(request),
                _ => Patch(request),
            };
        }
    }

    private HttpResponseMessage List(WireRequest request)
    {
        var hash = Uri.UnescapeDataString(request.Uri.Query).Split(Names.IncidentKeyLabel + "=")[1][..8];
        var items = Stored.Where(incident => incident.Metadata.Labels![Names.IncidentKeyLabel] == hash).ToList();
        return WireHandler.Json(new JsonObject { ["metadata"] = new JsonObject { ["resourceVersion"] = "1" }, ["items"] = JsonSerializer.SerializeToNode(items, KubernetesJson.Options) }.ToJsonString());
    }

    private HttpResponseMessage Create(WireRequest request)
    {
        var incident = JsonSerializer.Deserialize<Incident>(request.Body, KubernetesJson.Options)!;
        return Stored.Exists(other => other.Metadata.Name == incident.Metadata.Name)
            ? WireHandler.Refusal(HttpStatusCode.Conflict, "AlreadyExists")
            : Json(Put(incident), HttpStatusCode.Created);
    }

    private HttpResponseMessage Patch(WireRequest request)
    {
        var patch = JsonNode.Parse(request.Body)!;
        if (Stored.Find(incident => request.Uri.AbsolutePath.EndsWith("/" + incident.Metadata.Name, StringComparison.Ordinal)) is not { } incident)
        {
            return WireHandler.Refusal(HttpStatusCode.NotFound, "NotFound");
        }

        return (string?)patch["metadata"]!["resourceVersion"] == incident.Metadata.ResourceVersion
            ? Json(Put(incident with
            {
                Spec = incident.Spec with
                {
                    Alerts = patch["spec"]!["alerts"].Deserialize<List<IncidentAlert>>(KubernetesJson.Options),
                    AlertCount = (int)patch["spec"]!["alertCount"]!,
                },
            }))
            : WireHandler.Refusal(HttpStatusCode.Conflict, "Conflict");
    }

    private static HttpResponseMessage Json(Incident incident, HttpStatusCode code = HttpStatusCode.OK) =>
        WireHandler.Json(JsonSerializer.Serialize(incident, KubernetesJson.Options), code);
}

/// <summary>A cache that knows what a test gives it.</summary>
internal sealed class CachedIncidents : ILister<Incident>
{
    public List<Incident> Known { get; } = [];

    public Incident? Find(NamespacedName name) => Known.Find(incident => NamespacedName.Of(incident) == name);

    public IReadOnlyList<Incident> List(string? ns = null) => [.. Known];

    public IReadOnlyList<Incident> ByIndex(string index, string value) =>
        [.. Known.Where(incident => AlertIntake.IndexValue(incident.Metadata.Namespace!, incident.Metadata.Labels![Names.IncidentKeyLabel]) == value)];
}
