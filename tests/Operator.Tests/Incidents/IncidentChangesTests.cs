using System.Collections.Concurrent;
using System.Net;
using RunbookOperator.Actions;
using RunbookOperator.Api;
using RunbookOperator.Incidents;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Tests.Incidents;

public sealed class IncidentChangesTests
{
    private static readonly DateTimeOffset Opened = Given.Minute(0);

    [Theory]
    [InlineData("deployment", "web", "web")]
    [InlineData("pod", "web-6d4b75cb6d-x2x4z", "web-6d4b75cb6d-x2x4z")]
    [InlineData("service", "web", "web")]
    [InlineData("service", "Web Shop", null)]
    [InlineData("service", "../secrets", null)]
    [InlineData("alertname", "Slow", null)]
    public void It_looks_around_what_the_alert_names(string label, string value, string? expected)
    {
        var query = IncidentChanges.QueryOf(Given.Incident(Given.Alert("a", 0, null, (label, value))), Opened);
        Assert.Equal(new ChangeQuery(Given.Shop, expected, Opened.AddHours(-2)), query);
    }

    [Theory]
    [InlineData("checkout", "checkout")]
    [InlineData("no/namespace", Given.Shop)]
    [InlineData("no.namespace", Given.Shop)]
    public void It_looks_where_the_alert_says_or_where_the_incident_is(string ns, string expected) =>
        Assert.Equal(expected, IncidentChanges.QueryOf(Given.Incident(Given.Alert("a", 0, null, ("namespace", ns))), Opened).Namespace);

    [Fact]
    public void The_most_exact_name_of_the_earliest_alert_counts()
    {
        var incident = Given.Incident(
            Given.Alert("late", 5, null, ("deployment", "other")), Given.Alert("early", 1, null, ("service", "shop"), ("deployment", "web")));
        Assert.Equal("web", IncidentChanges.QueryOf(incident, Opened).Name);
    }

    [Fact]
    public async Task It_asks_as_the_reader_and_takes_a_no_for_an_answer()
    {
        var users = new ConcurrentDictionary<string, int>();
        using var client = new KubernetesClient(new Uri("https://kubernetes"), new WireHandler(request =>
        {
            users.TryAdd(request.Headers["Impersonate-User"], 0);
            return WireHandler.Refusal(HttpStatusCode.Forbidden, "Forbidden");
        }));

        Assert.Empty((await new IncidentChanges(client, TimeProvider.System).ReadAsync(Given.Incident(Given.Alert("a")), Opened, CancellationToken.None))!);
        Assert.Equal([$"system:serviceaccount:{Given.Shop}:{Names.Reader}"], users.Keys);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_asked_another_time()
    {
        using var client = new KubernetesClient(new Uri("https://kubernetes"), new WireHandler(_ => WireHandler.Refusal(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable")));
        Assert.Null(await new IncidentChanges(client, TimeProvider.System).ReadAsync(Given.Incident(Given.Alert("a")), Opened, CancellationToken.None));
    }
}
