using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using RunbookOperator.Cluster.Stories;

namespace RunbookOperator.Cluster.Runs;

/// <summary>Sends one alert to the operator of a scene, as Alertmanager does.</summary>
internal sealed class AlertSource : IDisposable
{
    private readonly Scene _scene;
    private readonly string _name;
    private readonly HttpClient _http = new();
    private readonly DateTimeOffset _startsAt = TimeProvider.System.GetUtcNow();

    private AlertSource(Scene scene, string name) => (_scene, _name) = (scene, name);

    /// <summary>A source that the namespace knows.</summary>
    public static async Task<AlertSource> OfAsync(Scene scene, string name)
    {
        await scene.LetAlertsInAsync();
        return new AlertSource(scene, name);
    }

    /// <summary>Sends it, and again until it is accepted.</summary>
    public Task SendAsync(bool firing)
    {
        var body = new JsonObject
        {
            ["version"] = "4",
            ["groupKey"] = $"{{}}:{{alertname=\"{_name}\"}}",
            ["status"] = firing ? "firing" : "resolved",
            ["alerts"] = new JsonArray(new JsonObject
            {
                ["status"] = firing ? "firing" : "resolved",
                ["labels"] = new JsonObject { ["alertname"] = _name, ["service"] = "checkout", ["namespace"] = _scene.Namespace },
                ["startsAt"] = _startsAt.ToString("O"),
                ["endsAt"] = firing ? "0001-01-01T00:00:00Z" : TimeProvider.System.GetUtcNow().ToString("O"),
                ["fingerprint"] = "b1b2c3d4e5f60718",
            }),
        }.ToJsonString();
        return Stage.UntilAsync($"the alert {_name} is accepted", async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _scene.Operator.AlertsOf(_scene.Namespace)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Stage.Token);
            using var answer = await _http.SendAsync(request);
            return answer.IsSuccessStatusCode;
        });
    }

    public void Dispose() => _http.Dispose();
}
