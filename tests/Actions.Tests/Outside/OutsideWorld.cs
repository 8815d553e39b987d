using System.Net;
using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Actions.Tests.Outside;

/// <summary>Actions that may reach the loopback, and an API server that has what it is given.</summary>
internal static class OutsideWorld
{
    public const string Namespace = "checkout";
    public const string Attempt = "notify-1-0123456789";

    public static readonly EgressOptions Loopback = new() { Allow = [IPNetwork.Parse("127.0.0.0/8")] };

    public static ActionCatalog Catalog { get; } = ActionCatalog.With(new ActionServices { Egress = new Egress(Loopback, TimeProvider.System) });

    public static IAction Action(string name) => Catalog.Find(name)!;

    /// <summary>An API server with these Secrets and Services, by path; everything else is not there.</summary>
    public static KubernetesClient Client(params (string Path, string Json)[] objects) => new(
        new Uri("https://api.example"),
        new WireHandler(request => Array.Find(objects, entry => request.Uri.AbsolutePath == $"/api/v1/namespaces/{Namespace}/{entry.Path}") is { Json: { } json }
            ? WireHandler.Json(json)
            : WireHandler.Refusal(HttpStatusCode.NotFound, "NotFound")));

    public static (string Path, string Json) Secret(string name, string label, string value, params (string Key, string Value)[] data)
    {
        var values = new JsonObject(data.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(pair.Value)))));
        return ($"secrets/{name}", new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = Namespace, ["labels"] = new JsonObject { [label] = value } },
            ["data"] = values,
        }.ToJsonString());
    }

    public static ActionContext Context(JsonObject with, IKubernetesClient? client = null) =>
        new(client ?? Client(), Namespace, new ActionInputs(with), Attempt, TimeProvider.System.GetUtcNow());

    /// <summary>Looks and acts as the engine does.</summary>
    public static async Task<ActionOutcome> ActAsync(string name, ActionContext context) =>
        await Action(name).ActAsync(context, await Action(name).PrepareAsync(context, CancellationToken.None), CancellationToken.None);
}
