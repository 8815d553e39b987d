using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Runtime.Tests;

public sealed class EventRecorderTests : IAsyncLifetime, IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly LogRecorder _log = new();
    private readonly Queue<HttpStatusCode> _refusals = new();
    private readonly WireHandler _wire;
    private readonly KubernetesClient _client;
    private readonly EventRecorder _recorder;

    public EventRecorderTests()
    {
        _wire = new WireHandler(request => _refusals.TryDequeue(out var code)
            ? WireHandler.Refusal(code, code.ToString())
            : WireHandler.Json(request.Method == "POST" ? request.Body : """{"metadata":{}}"""));
        _client = Given.Client(_wire, _time);
        _recorder = new EventRecorder(_client, new EventRecorderOptions { ReportingController = "example.com/operator", ReportingInstance = "pod-1" }, Given.Context(_time, _log));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _recorder.DisposeAsync();

    public void Dispose()
    {
        _client.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task An_event_says_who_what_why_and_about_what()
    {
        _recorder.Normal(Given.Map("a", "7"), "StepStarted", "Start", "Step one started.");
        await _recorder.FlushAsync(CancellationToken.None);

        var request = Assert.Single(_wire.Requests);
        Assert.Equal("POST /apis/events.k8s.io/v1/namespaces/shop/events", request.Line);
        var body = JsonNode.Parse(request.Body)!;
        Assert.StartsWith("a.", body["metadata"]!["name"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("example.com/operator", body["reportingController"]!.GetValue<string>());
        Assert.Equal("pod-1", body["reportingInstance"]!.GetValue<string>());
        Assert.Equal("2026-01-02T03:04:05.000000Z", body["eventTime"]!.GetValue<string>());
        Assert.Equal("ConfigMap", body["regarding"]!["kind"]!.GetValue<string>());
        Assert.Equal("Normal", body["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_same_again_is_counted_on_the_first_whatever_the_version_of_the_object()
    {
        foreach (var version in (string[])["1", "2", "3"])
        {
            _recorder.Warning(Given.Map("a", version), "Failed", "Run", "No.");
        }

        _recorder.Warning(Given.Map("a"), "Failed", "Run", "Another.");
        await _recorder.FlushAsync(CancellationToken.None);

        Assert.Equal(["POST", "PATCH", "PATCH", "POST"], _wire.Requests.Select(request => request.Method));
        Assert.Equal(
            """{"series":{"count":3,"lastObservedTime":"2026-01-02T03:04:05.000000Z"}}""", _wire.Requests[2].Body);
    }

    [Fact]
    public async Task The_same_again_after_a_long_time_is_a_new_event()
    {
        _recorder.Normal(Given.Map("a"), "X", "Y", "Z");
        await _recorder.FlushAsync(CancellationToken.None);
        _time.Advance(EventSink.SeriesIdleTime);
        _recorder.Normal(Given.Map("a"), "X", "Y", "Z");
        await _recorder.FlushAsync(CancellationToken.None);

        Assert.Equal(["POST", "POST"], _wire.Requests.Select(request => request.Method));
        Assert.NotEqual(NameOf(_wire.Requests[0]), NameOf(_wire.Requests[1]));
    }

    [Fact]
    public async Task An_event_whose_first_is_gone_is_a_new_one()
    {
        _recorder.Normal(Given.Map("a"), "X", "Y", "Z");
        await _recorder.FlushAsync(CancellationToken.None);
        _refusals.Enqueue(HttpStatusCode.NotFound);
        _recorder.Normal(Given.Map("a"), "X", "Y", "Z");
        await _recorder.FlushAsync(CancellationToken.None);

        Assert.Equal(["POST", "PATCH", "POST"], _wire.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task A_busy_server_is_asked_again_and_a_refusal_is_final()
    {
        _refusals.Enqueue(HttpStatusCode.ServiceUnavailable);
        _recorder.Normal(Given.Map("a"), "X", "Y", "Z");
        await _time.WaitForTimerAsync(EventRecorder.RetryDelay);
        _time.Advance(EventRecorder.RetryDelay);
        await _recorder.FlushAsync(CancellationToken.None);
        Assert.Equal(2, _wire.Requests.Count);

        _refusals.Enqueue(HttpStatusCode.Forbidden);
        _recorder.Normal(Given.Map("b"), "X", "Y", "Z");
        await _recorder.FlushAsync(CancellationToken.None);

        Assert.Equal(3, _wire.Requests.Count);
        Assert.Contains(_log.Lines, line => line.Id == 130);
    }

    [Fact]
    public async Task An_event_about_the_cluster_goes_to_the_default_namespace()
    {
        _recorder.Normal(new Namespace { Metadata = new ObjectMeta { Name = "shop" } }, "X", "Y", "Z");
        await _recorder.FlushAsync(CancellationToken.None);

        Assert.Equal("POST /apis/events.k8s.io/v1/namespaces/default/events", Assert.Single(_wire.Requests).Line);
    }

    [Fact]
    public void A_note_is_cut_between_characters()
    {
        var cut = EventNotice.Cut(new string('x', EventNotice.MaxNoteBytes - 4) + "😀😀");

        Assert.True(Encoding.UTF8.GetByteCount(cut) <= EventNotice.MaxNoteBytes);
        Assert.EndsWith("x…", cut, StringComparison.Ordinal);
        Assert.Equal("short", EventNotice.Cut("short"));
    }

    private static string NameOf(WireRequest request) => JsonNode.Parse(request.Body)!["metadata"]!["name"]!.GetValue<string>();
}
