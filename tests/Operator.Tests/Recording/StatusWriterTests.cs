using System.Net;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Operator.Tests.Recording;

/// <summary>A status is written over what was read, and over nothing else.</summary>
public sealed class StatusWriterTests : IDisposable
{
    private readonly WireHandler _wire;
    private readonly KubernetesClient _client;
    private readonly List<string> _versions = [];
    private JsonObject _stored = Stored("7", "Running");

    public StatusWriterTests()
    {
        _wire = new WireHandler(Answer);
        _client = new KubernetesClient(new Uri("http://server"), _wire);
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_label_that_somebody_else_writes_does_not_hold_up_the_status()
    {
        await WriteAsync();

        Assert.Equal(["5", "7"], _versions);
    }

    [Fact]
    public async Task A_status_that_somebody_else_has_written_is_not_overwritten()
    {
        _stored = Stored("7", "Succeeded");

        Assert.True((await Assert.ThrowsAsync<ApiException>(WriteAsync)).IsConflict);
        Assert.Equal(["5"], _versions);
    }

    [Theory]
    [InlineData("uid", "another")]
    [InlineData("generation", 2)]
    [InlineData("deletionTimestamp", "2026-01-02T03:04:05Z")]
    public async Task An_object_that_is_another_one_now_is_not_written(string field, object value)
    {
        _stored["metadata"]![field] = JsonValue.Create(value);

        Assert.True((await Assert.ThrowsAsync<ApiException>(WriteAsync)).IsConflict);
        Assert.Equal(["5"], _versions);
    }

    [Fact]
    public async Task Conflicts_without_end_are_given_up()
    {
        _stored["metadata"]!["moves"] = true;

        Assert.True((await Assert.ThrowsAsync<ApiException>(WriteAsync)).IsConflict);
        Assert.Equal(StatusWriter.MaximumSends, _versions.Count);
    }

    private Task<RunbookExecution> WriteAsync()
    {
        var read = Stored("5", "Running").DeepClone();
        var execution = System.Text.Json.JsonSerializer.Deserialize<RunbookExecution>(read, KubernetesJson.Options)!;
        return new StatusWriter(_client).WriteAsync(execution, execution.Status, execution.Status! with { Phase = "Failed" }, CancellationToken.None);
    }

    // The server's: only a patch over the present version is taken.
    private HttpResponseMessage Answer(WireRequest request)
    {
        if (request.Method == "GET")
        {
            return WireHandler.Json(_stored.ToJsonString());
        }

        var version = (string)JsonNode.Parse(request.Body)!["metadata"]!["resourceVersion"]!;
        _versions.Add(version);
        return version == (string)_stored["metadata"]!["resourceVersion"]! && _stored["metadata"]!["moves"] is null
            ? WireHandler.Json(_stored.ToJsonString())
            : WireHandler.Refusal(HttpStatusCode.Conflict, "Conflict");
    }

    private static JsonObject Stored(string version, string phase) => new()
    {
        ["apiVersion"] = Names.ApiVersion,
        ["kind"] = nameof(RunbookExecution),
        ["metadata"] = new JsonObject
        {
            ["name"] = "run",
            ["namespace"] = "shop",
            ["uid"] = "one",
            ["generation"] = 1,
            ["resourceVersion"] = version,
        },
        ["spec"] = new JsonObject
        {
            ["runbook"] = new JsonObject { ["name"] = "slow" },
            ["trigger"] = new JsonObject { ["type"] = "Manual" },
            ["mode"] = "Copilot",
        },
        ["status"] = new JsonObject { ["observedGeneration"] = 1, ["phase"] = phase },
    };
}
