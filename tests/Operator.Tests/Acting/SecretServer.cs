using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.TestKit;

namespace RunbookOperator.Tests.Acting;

/// <summary>Answers for the Secrets of one namespace, and remembers as whom they were read.</summary>
internal sealed class SecretServer
{
    private readonly Dictionary<string, JsonObject> _secrets = [];
    private readonly HashSet<string> _forbidden = [];

    public List<string> ReadAs { get; } = [];

    public void Add(string name, string? use, params (string Key, string Value)[] data) => _secrets[name] = new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "shop", ["labels"] = use is null ? null : new JsonObject { [Names.UseLabel] = use } },
        ["data"] = new JsonObject(data.Select(entry => KeyValuePair.Create<string, JsonNode?>(entry.Key, Convert.ToBase64String(Encoding.UTF8.GetBytes(entry.Value))))),
    };

    public void Forbid(string name) => _forbidden.Add(name);

    public HttpResponseMessage Answer(WireRequest request)
    {
        if (request.Uri.AbsolutePath.EndsWith("/selfsubjectaccessreviews", StringComparison.Ordinal))
        {
            return WireHandler.Json("""{"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":{},"status":{"allowed":true}}""", HttpStatusCode.Created);
        }

        var path = request.Uri.AbsolutePath.Split('/');
        if (path is not [.., "secrets", var name])
        {
            return WireHandler.Refusal(HttpStatusCode.NotFound, "NotFound");
        }

        ReadAs.Add(request.Headers.GetValueOrDefault("Impersonate-User", "the operator"));
        return _forbidden.Contains(name) ? WireHandler.Refusal(HttpStatusCode.Forbidden, "Forbidden")
            : _secrets.TryGetValue(name, out var secret) ? WireHandler.Json(secret.ToJsonString())
            : WireHandler.Refusal(HttpStatusCode.NotFound, "NotFound");
    }
}
