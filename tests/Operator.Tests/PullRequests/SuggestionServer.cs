using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Operator.Tests;

/// <summary>Keeps suggestions as the API server does: names are taken, versions are held against those of patches. It can end its client after any
/// of its writes: the write is done, and its answer never arrives.</summary>
internal sealed class SuggestionServer : IDisposable
{
    private readonly Dictionary<string, JsonObject> _stored = new(StringComparer.Ordinal);
    private int _version;

    public SuggestionServer() => Client = new KubernetesClient(new Uri("https://kubernetes"), new WireHandler(Answer));

    public KubernetesClient Client { get; }

    /// <summary>After which write the client is ended; 0 for never.</summary>
    public int KillAfter { get; set; }

    public int Writes { get; private set; }

    public IReadOnlyList<RunbookSuggestion> Stored =>
        [.. _stored.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Value.Deserialize<RunbookSuggestion>(KubernetesJson.Options)!)];

    public void Dispose() => Client.Dispose();

    /// <summary>What somebody else makes of one.</summary>
    public void Set(string name, string state) => _stored[name]["status"]!["state"] = state;

    private HttpResponseMessage Answer(WireRequest request)
    {
        var parts = request.Uri.AbsolutePath.Split('/')[7..];
        var known = parts.Length > 0 ? _stored.GetValueOrDefault(parts[0]) : null;
        return request.Method switch
        {
            "POST" => Create(JsonNode.Parse(request.Body)!.AsObject()),
            _ when known is null => WireHandler.Refusal(HttpStatusCode.NotFound, "NotFound"),
            "GET" => WireHandler.Json(known.ToJsonString()),
            _ => Patch(known, JsonNode.Parse(request.Body)!.AsObject()),
        };
    }

    private HttpResponseMessage Create(JsonObject made)
    {
        var name = (string)made["metadata"]!["name"]!;
        made["metadata"]!["generation"] = 1;
        made["status"] = new JsonObject { ["observedGeneration"] = -1 };
        return _stored.TryAdd(name, made) ? Written(made) : WireHandler.Refusal(HttpStatusCode.Conflict, "AlreadyExists");
    }

    private HttpResponseMessage Patch(JsonObject known, JsonObject patch)
    {
        if (!JsonNode.DeepEquals(known["metadata"]!["resourceVersion"], patch["metadata"]!["resourceVersion"]))
        {
            return WireHandler.Refusal(HttpStatusCode.Conflict, "Conflict");
        }

        Merge(known, patch);
        return Written(known);
    }

    private HttpResponseMessage Written(JsonObject value)
    {
        value["metadata"]!["resourceVersion"] = $"{++_version}";
        return ++Writes == KillAfter ? throw new HttpRequestException("the client was ended") : WireHandler.Json(value.ToJsonString());
    }

    private static void Merge(JsonObject into, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is JsonObject inner && into[name] is JsonObject there)
            {
                Merge(there, inner);
            }
            else
            {
                into[name] = value?.DeepClone();
            }
        }
    }
}
