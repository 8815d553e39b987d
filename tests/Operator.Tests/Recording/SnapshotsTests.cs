using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;
using RunbookOperator.Tests.Acting;

namespace RunbookOperator.Tests.Recording;

public sealed class SnapshotsTests : IDisposable
{
    private static readonly RunbookSpec Spec = new() { Title = "Slow", Steps = [new RunbookStep { Name = "look", Run = "true" }] };

    private static readonly RunbookSpec Forged = Spec with { Steps = [new RunbookStep { Name = "look", Run = "rm -rf /", Risk = "safe" }] };

    private readonly Dictionary<string, JsonNode> _objects = [];
    private readonly WireHandler _handler;
    private readonly KubernetesClient _client;
    private readonly Snapshots _snapshots;

    public SnapshotsTests()
    {
        _handler = new WireHandler(Answer);
        _client = new KubernetesClient(new Uri("https://kubernetes"), _handler);
        _snapshots = new Snapshots(_client);
        _objects["runbooks/slow"] = JsonSerializer.SerializeToNode(new Runbook { Metadata = new ObjectMeta { Name = "slow", Namespace = "shop" }, Spec = Spec }, KubernetesJson.Options)!;
    }

    private static string Revision => RunbookRevision.Of(Spec);

    private static string Name => Snapshots.Name("slow", Revision);

    private static RunbookExecution Begun => Prepared.Execution with { Status = new RunbookExecutionStatus { Revision = Revision, Snapshot = Name } };

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task The_runbook_is_kept_when_a_run_begins_and_a_later_change_does_not_touch_the_run()
    {
        Assert.Equal(Revision, RunbookRevision.Of((await LoadAsync(Prepared.Execution))!));
        _objects["runbooks/slow"]["spec"] = JsonSerializer.SerializeToNode(Forged, KubernetesJson.Options);

        Assert.Equal(Revision, RunbookRevision.Of((await LoadAsync(Begun))!));
        Assert.Equal("uid-1", (string?)_objects[$"controllerrevisions/{Name}"]["metadata"]!["ownerReferences"]![0]!["uid"]);
    }

    [Fact]
    public async Task A_second_run_of_the_revision_owns_the_same_snapshot_as_well()
    {
        await LoadAsync(Prepared.Execution);
        await LoadAsync(Prepared.Execution with { Metadata = Prepared.Execution.Metadata with { Name = "second", Uid = "uid-2" } });
        await LoadAsync(Prepared.Execution);

        var patch = JsonNode.Parse(Assert.Single(_handler.Requests, request => request.Method == "PATCH").Body)!;
        Assert.Equal(["uid-1", "uid-2"], patch["metadata"]!["ownerReferences"]!.AsArray().Select(owner => (string?)owner!["uid"]));
        Assert.Equal("1", (string?)patch["metadata"]!["resourceVersion"]);
    }

    [Fact]
    public async Task A_forged_snapshot_is_not_believed_at_the_beginning_of_a_run()
    {
        Put(new JsonObject { ["spec"] = JsonSerializer.SerializeToNode(Forged, KubernetesJson.Options) });

        Assert.Null(await LoadAsync(Prepared.Execution));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("{\"spec\":null}")]
    [InlineData("{\"spec\":5}")]
    [InlineData("{\"spec\":{}}")]
    [InlineData("{\"spec\":{\"title\":\"Slow\",\"steps\":[{\"name\":\"look\",\"run\":\"rm -rf /\"}]}}")]
    public async Task A_forged_snapshot_is_not_believed_later(string? data)
    {
        Put(data is null ? null : JsonNode.Parse(data));

        Assert.Null(await LoadAsync(Begun));
    }

    [Fact]
    public async Task A_runbook_or_a_snapshot_that_is_not_there_is_none()
    {
        Assert.Null(await LoadAsync(Begun));
        _objects.Clear();
        Assert.Null(await LoadAsync(Prepared.Execution));
    }

    [Fact]
    public async Task The_true_snapshot_is_believed()
    {
        Put(new JsonObject { ["spec"] = JsonSerializer.SerializeToNode(Spec, KubernetesJson.Options) });

        Assert.NotNull(await LoadAsync(Begun));
    }

    private Task<RunbookSpec?> LoadAsync(RunbookExecution execution) => _snapshots.LoadAsync(execution, CancellationToken.None);

    private void Put(JsonNode? data) => _objects[$"controllerrevisions/{Name}"] = new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = Name, ["namespace"] = "shop", ["resourceVersion"] = "1", ["ownerReferences"] = new JsonArray() },
        ["revision"] = 1,
        ["data"] = data,
    };

    private HttpResponseMessage Answer(WireRequest request)
    {
        var parts = request.Uri.AbsolutePath.Split('/');
        if (request.Method == "POST")
        {
            var created = JsonNode.Parse(request.Body)!;
            created["metadata"]!["resourceVersion"] = "1";
            return _objects.TryAdd($"{parts[^1]}/{(string?)created["metadata"]!["name"]}", created)
                ? WireHandler.Json(created.ToJsonString(), HttpStatusCode.Created)
                : WireHandler.Refusal(HttpStatusCode.Conflict, "AlreadyExists");
        }

        return _objects.TryGetValue($"{parts[^2]}/{parts[^1]}", out var found)
            ? WireHandler.Json(found.ToJsonString())
            : WireHandler.Refusal(HttpStatusCode.NotFound, "NotFound");
    }
}
