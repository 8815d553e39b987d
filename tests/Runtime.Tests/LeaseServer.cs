using System.Net;
using System.Text.Json.Nodes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Runtime.Tests;

/// <summary>Keeps one Lease under its version, on a clock of the test: what a real server cannot do. The same elector is tested against a
/// real server in Cluster/.</summary>
internal sealed class LeaseServer
{
    private readonly Lock _lock = new();
    private int _version;

    public LeaseServer() => Handler = new WireHandler(async (request, cancellationToken) =>
    {
        var answer = Answer(request);
        if (AnswerNever && request.Method != "GET")
        {
            Written.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        return answer;
    });

    public WireHandler Handler { get; }

    public JsonObject? Lease { get; private set; }

    public bool Broken { get; set; }

    /// <summary>While set, writes are done and never answered.</summary>
    public bool AnswerNever { get; set; }

    /// <summary>Ends when such a write was done.</summary>
    public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string? Holder => Lease?["spec"]?["holderIdentity"]?.GetValue<string>();

    public void Hold(string holder, int seconds = 15, string? renewTime = null) => Store(new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = "operator", ["namespace"] = "shop" },
        ["spec"] = new JsonObject { ["holderIdentity"] = holder, ["leaseDurationSeconds"] = seconds, ["leaseTransitions"] = 3, ["renewTime"] = renewTime },
    });

    private HttpResponseMessage Answer(WireRequest request)
    {
        lock (_lock)
        {
            return (Broken, request.Method, Lease) switch
            {
                (true, _, _) => throw new HttpRequestException("broken"),
                (_, "POST", null) => Stored(JsonNode.Parse(request.Body)!.AsObject()),
                (_, "POST", _) => WireHandler.Refusal(HttpStatusCode.Conflict, "AlreadyExists"),
                (_, _, null) => WireHandler.Refusal(HttpStatusCode.NotFound, "NotFound"),
                (_, "PATCH", { } lease) => Patch(lease, JsonNode.Parse(request.Body)!),
                _ => WireHandler.Json(Lease.ToJsonString()),
            };
        }
    }

    private HttpResponseMessage Patch(JsonObject lease, JsonNode patch)
    {
        if (patch["metadata"]!["resourceVersion"]!.GetValue<string>() != lease["metadata"]!["resourceVersion"]!.GetValue<string>())
        {
            return WireHandler.Refusal(HttpStatusCode.Conflict, "Conflict");
        }

        var merged = lease.DeepClone().AsObject();
        foreach (var (name, value) in patch["spec"]!.AsObject())
        {
            merged["spec"]![name] = value?.DeepClone();
        }

        return Stored(merged);
    }

    private HttpResponseMessage Stored(JsonObject lease)
    {
        Store(lease);
        return WireHandler.Json(lease.ToJsonString());
    }

    private void Store(JsonObject lease)
    {
        lease["metadata"]!["resourceVersion"] = $"{++_version}";
        Lease = lease;
    }
}
