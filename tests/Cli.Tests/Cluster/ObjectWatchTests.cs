using System.Net;
using System.Text;
using RunbookOperator.Api;
using RunbookOperator.Cli.Cluster;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Cli.Tests.Cluster;

public sealed class ObjectWatchTests
{
    private const string Path = "/apis/runbooks.dev/v1alpha1/namespaces/payments/runbookexecutions";

    private readonly Queue<Func<HttpResponseMessage>> _answers = new();
    private readonly ManualTimeProvider _time = new();
    private readonly List<string> _lost = [];
    private readonly List<string> _seen = [];

    [Fact]
    public async Task A_version_too_old_to_resume_is_read_anew()
    {
        _answers.Enqueue(() => Stream("""{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}}"""));
        _answers.Enqueue(() => WireHandler.Json(Run("9", "Succeeded")));
        var (last, requests) = await FollowAsync();
        Assert.Equal("9", last!.Metadata.ResourceVersion);
        Assert.Contains("resourceVersion=7", requests[0], StringComparison.Ordinal);
        Assert.Equal($"GET {Path}/latency-1a2b3c4d", requests[1]);
        Assert.Empty(_lost);
    }

    [Fact]
    public async Task A_stream_that_ends_is_resumed_where_it_ended()
    {
        _answers.Enqueue(() => Stream(Event("MODIFIED", Run("8", "Running"))));
        _answers.Enqueue(() => Stream(Event("MODIFIED", Run("9", "Succeeded"))));
        var (last, requests) = await FollowAsync(pauses: [ObjectWatch<RunbookExecution>.FirstPause]);
        Assert.Equal("9", last!.Metadata.ResourceVersion);
        Assert.Contains("resourceVersion=8", requests[1], StringComparison.Ordinal);
        Assert.Contains("fieldSelector=metadata.name%3Dlatency-1a2b3c4d", requests[1], StringComparison.Ordinal);
        Assert.Equal(["7", "8", "9"], _seen);
    }

    [Fact]
    public async Task A_lost_connection_is_told_once_and_tried_again_ever_more_slowly()
    {
        _answers.Enqueue(() => throw new HttpRequestException("refused"));
        _answers.Enqueue(() => WireHandler.Refusal(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable"));
        _answers.Enqueue(() => WireHandler.Json(Run("8", "Running")));
        _answers.Enqueue(() => Stream(Event("MODIFIED", Run("9", "Succeeded"))));
        var first = ObjectWatch<RunbookExecution>.FirstPause;
        var (last, _) = await FollowAsync(pauses: [first, first * 2]);
        Assert.Equal("9", last!.Metadata.ResourceVersion);
        Assert.Equal(["refused"], _lost);
    }

    [Theory]
    [InlineData("""{"type":"DELETED","object":RUN}""")]
    public async Task An_object_that_is_deleted_ends_it(string change)
    {
        _answers.Enqueue(() => Stream(change.Replace("RUN", Run("8", "Running"), StringComparison.Ordinal)));
        Assert.Null((await FollowAsync()).Last);
    }

    [Fact]
    public async Task Another_object_of_the_same_name_is_another()
    {
        _answers.Enqueue(() => Stream("""{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}}"""));
        _answers.Enqueue(() => WireHandler.Json(Run("9", "Succeeded").Replace("uid-1", "uid-2", StringComparison.Ordinal)));
        Assert.Null((await FollowAsync()).Last);
    }

    [Fact]
    public async Task A_refusal_is_not_tried_again()
    {
        _answers.Enqueue(() => WireHandler.Refusal(HttpStatusCode.Forbidden, "Forbidden"));
        Assert.True((await Assert.ThrowsAsync<ApiException>(() => FollowAsync())).IsForbidden);
    }

    [Fact]
    public async Task A_server_without_the_kinds_is_told_apart_from_one_without_the_object()
    {
        _answers.Enqueue(() => WireHandler.Refusal(HttpStatusCode.NotFound, "NotFound"));
        _answers.Enqueue(() => WireHandler.Refusal(HttpStatusCode.NotFound, "NotFound"));
        using var wire = new WireHandler(_ => _answers.Dequeue()());
        using var client = new KubernetesClient(new Uri("https://server"), wire);
        var session = new ClusterSession(new ClusterConnection(client, "https://server", "payments"));
        var error = await Assert.ThrowsAsync<CliException>(() => session.GetAsync<RunbookExecution>("x", CancellationToken.None));
        Assert.StartsWith("the cluster at https://server has no runbookexecutions.runbooks.dev: ", error.Message, StringComparison.Ordinal);
    }

    private async Task<(RunbookExecution? Last, IReadOnlyList<string> Requests)> FollowAsync(params TimeSpan[] pauses)
    {
        using var wire = new WireHandler(_ => _answers.Dequeue()());
        using var client = new KubernetesClient(new Uri("https://server"), wire, time: _time);
        var watch = new ObjectWatch<RunbookExecution>(client, _time) { Lost = _lost.Add };
        var ended = watch.UntilAsync(
            Samples.Run(),
            run =>
            {
                _seen.Add(run.Metadata.ResourceVersion!);
                return run.Status?.Phase == ExecutionPhase.Succeeded;
            },
            CancellationToken.None);
        foreach (var pause in pauses)
        {
            await _time.WaitForTimerAsync(pause);
            _time.Advance(pause);
        }

        return (await ended, [.. wire.Requests.Select(request => request.Line)]);
    }

    private static HttpResponseMessage Stream(string line) =>
        new(HttpStatusCode.OK) { Content = new StringContent(line + "\n", Encoding.UTF8, "application/json") };

    private static string Event(string type, string value) => $$"""{"type":"{{type}}","object":{{value}}}""";

    private static string Run(string version, string phase) =>
        $$$"""
        {"apiVersion":"runbooks.dev/v1alpha1","kind":"RunbookExecution","metadata":{"name":"latency-1a2b3c4d","namespace":"payments","uid":"uid-1","resourceVersion":"{{{version}}}"},"spec":{"runbook":{"name":"latency"},"trigger":{"type":"Manual"},"mode":"Copilot"},"status":{"phase":"{{{phase}}}"}}
        """.Trim();
}
