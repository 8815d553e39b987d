using System.Net;
using RunbookOperator.Api;
using RunbookOperator.Incidents;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;
using static RunbookOperator.Tests.Incidents.Given;

namespace RunbookOperator.Tests.Alerts;

public sealed class AlertIntakeTests : IDisposable
{
    private readonly IncidentServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task An_alert_opens_an_incident_by_one_write()
    {
        await AcceptAsync(Alert("a", 0, null, ("service", "checkout"), ("namespace", "shop"), ("severity", "critical")) with { Annotations = new() { ["summary"] = "80 requests\nwait" } });

        var incident = Assert.Single(_server.Stored);
        Assert.Equal(["POST"], _server.Writes);
        Assert.Matches("^checkout-[0-9a-f]{8}-1$", incident.Metadata.Name);
        Assert.Equal(("checkout", "critical", "80 requests?wait", 1), (incident.Spec.Service, incident.Spec.Severity, incident.Spec.Title, incident.Spec.AlertCount));
    }

    [Fact]
    public async Task What_is_known_is_not_written_again()
    {
        await AcceptAsync(Alert("a"), Alert("a"));
        _server.Cache.Known.AddRange(_server.Stored);
        await AcceptAsync(Alert("a"));

        Assert.Equal(["POST"], _server.Writes);
    }

    [Fact]
    public async Task A_name_that_is_taken_means_to_read_again_and_join()
    {
        // Another replica is faster between the reading and the writing.
        _server.Before = request =>
        {
            if (request.Method == "POST" && _server.Stored.Count == 0)
            {
                _server.Put(Open(Alert("b")));
            }

            return Task.FromResult<HttpResponseMessage?>(null);
        };

        await AcceptAsync(Alert("a"));

        Assert.Equal(["b", "a"], Assert.Single(_server.Stored).Spec.Alerts!.Select(alert => alert.Fingerprint));
        Assert.Equal(["POST", "PATCH"], _server.Writes);
    }

    [Fact]
    public async Task A_version_that_is_old_means_to_read_again()
    {
        _server.Cache.Known.Add(_server.Put(Open(Alert("a"))));
        _server.Put(Open(Alert("a"), Alert("b")));

        await AcceptAsync(Alert("c"));

        var incident = Assert.Single(_server.Stored);
        Assert.Equal(["a", "b", "c"], incident.Spec.Alerts!.Select(alert => alert.Fingerprint));
        Assert.Equal(3, incident.Spec.AlertCount);
    }

    [Fact]
    public async Task An_incident_that_was_deleted_is_opened_anew()
    {
        _server.Cache.Known.Add(Open(Alert("a")) with { Metadata = Open().Metadata with { ResourceVersion = "9" } });

        await AcceptAsync(Alert("b"));

        Assert.Equal("b", Assert.Single(Assert.Single(_server.Stored).Spec.Alerts!).Fingerprint);
    }

    [Fact]
    public async Task A_cache_that_is_behind_opens_no_second_incident_under_the_number_of_a_deleted_one()
    {
        _server.Put(Open(Alert("a")) with { Metadata = Open().Metadata with { Name = Key.Name(2) } });

        await AcceptAsync(Alert("b"));

        Assert.Equal(2, Assert.Single(_server.Stored).Spec.AlertCount);
    }

    [Fact]
    public async Task Conflicts_without_end_are_given_up_and_the_sender_hears_of_it()
    {
        _server.Put(Open(Alert("a")));
        _server.Before = request => Task.FromResult(request.Method == "PATCH" ? WireHandler.Refusal(HttpStatusCode.Conflict, "Conflict") : null);

        Assert.True((await Assert.ThrowsAsync<ApiException>(() => AcceptAsync(Alert("b")))).IsConflict);
        Assert.Equal(10, _server.Writes.Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(14)]
    public async Task Within_the_window_an_alert_joins_the_incident_that_was_over(int minutes)
    {
        _server.Put(Open(Alert("a", 0, 5)) with { Status = new IncidentStatus { Phase = IncidentPhase.Resolved, ResolvedAt = _server.Time.GetUtcNow().AddMinutes(-minutes) } });

        await AcceptAsync(Alert("a", 9));

        Assert.Null(Assert.Single(_server.Stored).Spec.Alerts!.Single().EndsAt);
    }

    [Fact]
    public async Task After_the_window_the_next_incident_is_opened()
    {
        _server.Put(Open(Alert("a", 0, 5)) with { Status = new IncidentStatus { Phase = IncidentPhase.Resolved, ResolvedAt = _server.Time.GetUtcNow().AddMinutes(-15) } });

        await AcceptAsync(Alert("a", 30));

        Assert.Equal([1, 2], _server.Stored.Select(incident => IncidentKey.Number(incident.Metadata.Name!)));
    }

    [Fact]
    public async Task What_is_over_before_it_was_heard_of_opens_nothing()
    {
        await AcceptAsync(Alert("a", 0, 5));

        Assert.Empty(_server.Writes);
    }

    [Fact]
    public async Task An_end_that_comes_with_its_firing_is_kept()
    {
        await AcceptAsync(Alert("a"), Alert("a", 0, 5), Alert("b", 0, 3));

        var alert = Assert.Single(Assert.Single(_server.Stored).Spec.Alerts!);
        Assert.Equal(("a", Minute(5)), (alert.Fingerprint, alert.EndsAt));
    }

    [Fact]
    public async Task Alerts_of_two_services_that_name_one_incident_make_one()
    {
        await AcceptAsync(
            Alert("a", 0, null, (Names.IncidentLabel, "db-down"), ("service", "checkout")), Alert("b", 0, null, (Names.IncidentLabel, "db-down"), ("service", "payment")));

        Assert.Equal(2, Assert.Single(_server.Stored).Spec.AlertCount);
        Assert.Equal(["POST"], _server.Writes);
    }

    [Fact]
    public async Task Many_alerts_of_one_key_at_one_moment_are_few_writes_and_none_is_lost()
    {
        var (arrived, gate) = Gate();
        var first = AcceptAsync(Alert("a0"));
        await arrived;
        var rest = Enumerable.Range(1, 200).Select(i => AcceptAsync(Alert($"a{i % 60}"))).ToList();
        gate.SetResult();
        await Task.WhenAll([first, .. rest]);

        Assert.Equal(Enumerable.Range(0, 60).Select(i => $"a{i}").Order(), Assert.Single(_server.Stored).Spec.Alerts!.Select(alert => alert.Fingerprint).Order());
        Assert.Equal(60, _server.Stored[0].Spec.AlertCount);
        Assert.Equal(["POST", "PATCH"], _server.Writes);
    }

    [Fact]
    public async Task Everybody_in_a_write_that_failed_hears_of_it_and_may_come_again()
    {
        var (arrived, gate) = Gate(new HttpRequestException("gone"));
        var first = AcceptAsync(Alert("a"));
        await arrived;
        var rest = Enumerable.Range(0, 5).Select(i => AcceptAsync(Alert($"b{i}"))).ToList();
        _server.Before = _ => Task.FromResult<HttpResponseMessage?>(WireHandler.Refusal(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable"));
        gate.SetResult();

        await Assert.ThrowsAsync<HttpRequestException>(() => first);
        foreach (var one in rest)
        {
            Assert.True((await Assert.ThrowsAsync<ApiException>(() => one)).IsTransient);
        }

        _server.Before = _ => Task.FromResult<HttpResponseMessage?>(null);
        await AcceptAsync(Alert("b0"));
        Assert.Equal("b0", Assert.Single(Assert.Single(_server.Stored).Spec.Alerts!).Fingerprint);
    }

    [Fact]
    public async Task What_a_sender_brought_who_went_away_is_not_written_when_it_is_old()
    {
        var (arrived, gate) = Gate();
        var first = AcceptAsync(Alert("a"));
        await arrived;
        using var gone = new CancellationTokenSource();
        var second = _server.Intake.AcceptAsync(Shop, "", [Alert("b")], gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        gate.SetResult();
        await first;
        await AcceptAsync(Alert("c"));

        Assert.Equal(["a", "c"], Assert.Single(_server.Stored).Spec.Alerts!.Select(alert => alert.Fingerprint));
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, false)]
    [InlineData(HttpStatusCode.UnprocessableEntity, true)]
    public async Task Only_if_all_that_failed_never_fits_is_it_said_to_be_so(HttpStatusCode second, bool invalid)
    {
        Refuse(request => request.Body.Contains("hostile", StringComparison.Ordinal) ? HttpStatusCode.UnprocessableEntity
            : request.Body.Contains("other", StringComparison.Ordinal) ? second : null);

        var refusal = await Assert.ThrowsAsync<ApiException>(() => AcceptAsync(
            Alert("a", 0, null, ("service", "hostile")), Alert("b", 0, null, ("service", "other")), Alert("c", 0, null, ("service", "sound"))));

        Assert.Equal(invalid, refusal.IsInvalid);
        Assert.Equal("sound", Assert.Single(_server.Stored).Spec.Service);
    }

    [Fact]
    public async Task A_group_that_is_invalid_does_not_hide_a_broken_connection_behind_it()
    {
        _server.Before = request => request.Method == "GET" ? Task.FromResult<HttpResponseMessage?>(null)
            : request.Body.Contains("hostile", StringComparison.Ordinal) ? Task.FromResult<HttpResponseMessage?>(WireHandler.Refusal(HttpStatusCode.UnprocessableEntity, "Invalid"))
            : throw new HttpRequestException("gone");

        await Assert.ThrowsAsync<HttpRequestException>(() => AcceptAsync(Alert("a", 0, null, ("service", "hostile")), Alert("b")));
    }

    [Fact]
    public async Task A_request_that_does_not_fit_takes_no_other_with_it()
    {
        var (arrived, gate) = Gate();
        var first = AcceptAsync(Alert("a"));
        await arrived;
        List<Task> rest = [AcceptAsync(Alert("b")), AcceptAsync(Alert("hostile")), AcceptAsync(Alert("c"))];
        Refuse(request => request.Body.Contains("hostile", StringComparison.Ordinal) ? HttpStatusCode.UnprocessableEntity : null);
        gate.SetResult();
        await first;

        await rest[0];
        Assert.True((await Assert.ThrowsAsync<ApiException>(() => rest[1])).IsInvalid);
        await rest[2];
        Assert.Equal(["a", "b", "c"], Assert.Single(_server.Stored).Spec.Alerts!.Select(alert => alert.Fingerprint));
        Assert.Equal(["POST", "PATCH", "PATCH", "PATCH", "PATCH"], _server.Writes);
    }

    private void Refuse(Func<WireRequest, HttpStatusCode?> refusal) => _server.Before = request =>
        Task.FromResult(request.Method != "GET" && refusal(request) is { } code ? WireHandler.Refusal(code, "Refused") : null);

    private static IncidentKey Key => IncidentKey.Of(Alert("a").Labels, "");

    private Task AcceptAsync(params IncidentAlert[] alerts) => _server.Intake.AcceptAsync(Shop, "", alerts, CancellationToken.None);

    // The first create waits for the gate, and then fails or goes on.
    private (Task Arrived, TaskCompletionSource Gate) Gate(Exception? end = null)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Before = async request =>
        {
            if (request.Method == "POST" && arrived.TrySetResult())
            {
                await gate.Task;
                return end is null ? null : throw end;
            }

            return null;
        };
        return (arrived.Task, gate);
    }

    private static Incident Open(params IncidentAlert[] alerts) => new()
    {
        Metadata = new ObjectMeta { Name = Key.Name(1), Namespace = Shop, Labels = new() { [Names.IncidentKeyLabel] = Key.Hash } },
        Spec = new IncidentSpec { Key = Key.Value, Service = Key.Service, Alerts = [.. alerts], AlertCount = alerts.Length },
    };
}
