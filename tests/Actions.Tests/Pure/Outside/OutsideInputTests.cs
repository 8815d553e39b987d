using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;
using RunbookOperator.Risk;

namespace RunbookOperator.Actions.Tests;

public sealed class OutsideInputTests
{
    [Theory]
    [InlineData("prometheus/query", """{"url": "https://${host}", "query": "up"}""", "may not hold a variable")]
    [InlineData("prometheus/query", """{"url": "https://a.example/${path}", "query": "up"}""", "may not hold a variable")]
    [InlineData("prometheus/query", """{"url": "https://a.example/?x=1", "query": "up"}""", "may not hold a query")]
    [InlineData("prometheus/query", """{"url": "https://user:word@a.example/", "query": "up"}""", "without user, password")]
    [InlineData("prometheus/query", """{"url": "file:///etc/passwd", "query": "up"}""", "must be an address")]
    [InlineData("prometheus/query", """{"url": "gopher://a.example/", "query": "up"}""", "must be an address")]
    [InlineData("prometheus/query", """{"query": "up"}""", "either the input url or the input service")]
    [InlineData("prometheus/query", """{"url": "https://a.example", "service": "b", "query": "up"}""", "either the input url or the input service")]
    [InlineData("prometheus/query", """{"url": "https://a.example", "port": "90", "query": "up"}""", "belongs to service")]
    [InlineData("prometheus/query", """{"service": "${service}", "secret": "s", "query": "up"}""", "where a secret is sent")]
    [InlineData("prometheus/query", """{"service": "p", "query": "up", "for": "1m"}""", "belongs to expect")]
    [InlineData("prometheus/query", """{"service": "p", "query": "up", "expect": "< 1", "for": "10ms"}""", "at least 1s")]
    [InlineData("prometheus/query-range", """{"service": "p", "query": "up", "range": "1h", "step": "1s"}""", "too small")]
    [InlineData("alertmanager/alerts", """{"service": "a", "matchers": "severity"}""", "expected =")]
    [InlineData("alertmanager/silence", """{"service": "a", "matchers": "a=\"b\"", "duration": "25h", "comment": "x"}""", "from 1m to 24h")]
    [InlineData("alertmanager/silence", """{"service": "a", "matchers": "a=\"b\"", "duration": "1s", "comment": "x"}""", "from 1m to 24h")]
    [InlineData("http/get", """{"url": "https://${host}/x"}""", "scheme and host itself")]
    [InlineData("http/get", """{"url": "${url}"}""", "scheme and host itself")]
    [InlineData("http/get", """{"url": "https://a.example:${port}/x"}""", "scheme and host itself")]
    [InlineData("http/get", """{"url": "https://a.example\\@b.example/x"}""", "must be an address")]
    [InlineData("http/get", """{"url": "https://a.example/x", "status": "99"}""", "from 100 to 599")]
    [InlineData("http/get", """{"url": "https://a.example/x", "secret": "${name}"}""", "without variables")]
    [InlineData("http/request", """{"method": "GET", "url": "https://a.example/x"}""", "must be one of POST")]
    [InlineData("http/request", """{"method": "${method}", "url": "https://a.example/x"}""", "may not hold variables")]
    [InlineData("http/request", """{"method": "POST", "url": "https://a.example/x", "body": "x", "json": {}}""", "give either")]
    [InlineData("http/request", """{"method": "POST", "url": "https://a.example/x", "json": {}, "contentType": "text/xml"}""", "give either")]
    [InlineData("http/request", """{"method": "POST", "url": "https://a.example/x", "body": "x", "contentType": "text"}""", "must be a media type")]
    [InlineData("notify/webhook", """{"channel": "${channel}", "message": "x"}""", "without variables")]
    [InlineData("git/revert", """{"repository": "team", "commit": "abc123"}""", "first seven digits")]
    [InlineData("git/revert", """{"repository": "team", "commit": "--output=x"}""", "first seven digits")]
    [InlineData("git/revert", """{"repository": "../team", "commit": "abc1234"}""", "name of a RunbookRepository")]
    [InlineData("argocd/sync", """{"name": "web", "revision": "-x"}""", "a branch, a tag or a commit")]
    public void Inputs_that_cannot_be_used_are_told(string action, string with, string words)
    {
        var exception = Assert.Throws<ActionException>(() => ActionCatalog.Default.Find(action)!.Assess(Inputs.Of(with)));

        Assert.Contains(words, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http/get", """{"url": "https://a.example/health"}""", "safe")]
    [InlineData("http/get", """{"url": "https://a.example/api/status?service=${service}"}""", "safe")]
    [InlineData("http/get", """{"url": "https://a.example/-/reload"}""", "caution")]
    [InlineData("http/get", """{"url": "https://a.example/-/quit"}""", "dangerous")]
    [InlineData("http/get", """{"url": "https://a.example/jobs?action=delete"}""", "dangerous")]
    [InlineData("http/get", """{"url": "https://a.example/${path}"}""", "dangerous")]
    [InlineData("http/get", """{"url": "http://169.254.169.254/latest/meta-data/iam/security-credentials/x"}""", "dangerous")]
    [InlineData("http/get", """{"url": "https://vault.example/v1/secret/data/x"}""", "dangerous")]
    [InlineData("http/request", """{"method": "POST", "url": "https://a.example/jobs"}""", "caution")]
    [InlineData("http/request", """{"method": "PUT", "url": "https://a.example/jobs/delete"}""", "dangerous")]
    [InlineData("http/request", """{"method": "DELETE", "url": "https://a.example/jobs/1"}""", "dangerous")]
    [InlineData("http/request", """{"method": "POST", "url": "https://a.example/_search"}""", "caution")]
    [InlineData("notify/webhook", """{"channel": "chat", "message": "${anything}"}""", "caution")]
    [InlineData("alertmanager/silence", """{"service": "a", "matchers": "alertname=\"X\",severity=~\".*\"", "duration": "1h", "comment": "x"}""", "caution")]
    [InlineData("alertmanager/silence", """{"service": "a", "matchers": "alertname=\"${alertname}\"", "duration": "1h", "comment": "x"}""", "caution")]
    [InlineData("alertmanager/silence", """{"service": "a", "matchers": "alertname=~\".+\"", "duration": "1h", "comment": "x"}""", "dangerous")]
    [InlineData("alertmanager/silence", """{"service": "a", "matchers": "alertname!=\"${alertname}\"", "duration": "1h", "comment": "x"}""", "dangerous")]
    [InlineData("alertmanager/silence", """{"service": "a", "matchers": "alertname=~\"${alertname}\"", "duration": "1h", "comment": "x"}""", "dangerous")]
    [InlineData("alertmanager/silence", """{"service": "a", "matchers": "alertname=\"\"", "duration": "1h", "comment": "x"}""", "dangerous")]
    [InlineData("argocd/sync", """{"name": "web"}""", "caution")]
    [InlineData("argocd/sync", """{"name": "web", "prune": "true"}""", "dangerous")]
    [InlineData("argocd/sync", """{"name": "web", "prune": "${prune}"}""", "dangerous")]
    [InlineData("argocd/sync", """{"name": "web", "revision": "${revision}"}""", "dangerous")]
    [InlineData("argocd/rollback", """{"name": "web", "prune": true}""", "dangerous")]
    [InlineData("git/revert", """{"repository": "team", "commit": "${commit}"}""", "caution")]
    [InlineData("flux/suspend", """{"kind": "${kind}", "name": "${name}"}""", "caution")]
    public void The_risk_is_the_worst_that_the_inputs_can_mean(string action, string with, string risk) =>
        Assert.Equal(risk, ActionCatalog.Default.Find(action)!.Assess(Inputs.Of(with)).Risk.ToText());

    [Fact]
    public async Task A_value_in_a_body_that_is_no_JSON_is_bounded()
    {
        var inputs = Inputs.Of("""{"method": "POST", "url": "https://a.example/api", "body": "name=${name}"}""").Fill(new Dictionary<string, string> { ["name"] = "x&admin=1" }, out _);
        var context = new ActionContext(null!, "checkout", inputs, "a-1", DateTimeOffset.UnixEpoch);

        await Assert.ThrowsAsync<ActionException>(() => ActionCatalog.Default.Find("http/request")!.PrepareAsync(context, CancellationToken.None));
    }

    [Theory]
    [InlineData("x&action=delete")]
    [InlineData("x#y")]
    [InlineData("%2e%2e")]
    [InlineData("../admin")]
    [InlineData("")]
    public async Task A_value_that_would_change_the_shape_of_an_address_is_refused(string value)
    {
        var inputs = Inputs.Of("""{"url": "https://a.example/api?service=${service}"}""").Fill(new Dictionary<string, string> { ["service"] = value }, out _);
        var context = new ActionContext(null!, "checkout", inputs, "a-1", DateTimeOffset.UnixEpoch);

        var exception = await Assert.ThrowsAsync<ActionException>(() => ActionCatalog.Default.Find("http/get")!.PrepareAsync(context, CancellationToken.None));

        Assert.StartsWith("the value of service may not stand in the input url", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_was_filled_in_is_refused_also_when_it_is_known()
    {
        var inputs = Inputs.Of("""{"url": "https://${host}/", "query": "up"}""").Fill(new Dictionary<string, string> { ["host"] = "evil.example" }, out _);
        var context = new ActionContext(null!, "checkout", inputs, "a-1", DateTimeOffset.UnixEpoch);

        await Assert.ThrowsAsync<ActionException>(() => ActionCatalog.Default.Find("prometheus/query")!.PrepareAsync(context, CancellationToken.None));
        Assert.IsType<ActionOutcome.Failed>(await ActionCatalog.Default.Find("prometheus/query")!.ActAsync(context, null, CancellationToken.None));
    }

    [Theory]
    [InlineData("""{"spec": {"clusterIP": "10.96.3.4", "ports": [{"port": 9090}]}}""", null, "http://p.m.svc:9090/", "10.96.3.4")]
    [InlineData("""{"spec": {"clusterIP": "None", "ports": [{"port": 9090, "name": "web"}, {"port": 1}]}}""", "web", "http://p.m.svc:9090/", null)]
    [InlineData("""{"spec": {"clusterIP": "fd00::5", "ports": [{"port": 9090}, {"port": 9091}]}}""", "9091", "http://p.m.svc:9091/", "fd00::5")]
    public void A_Service_says_where_it_is(string service, string? port, string url, string? address)
    {
        var endpoint = Endpoint.Of(JsonNode.Parse(service)!.AsObject(), new NamespacedName("m", "p"), port, https: false);

        Assert.Equal((url, address), (endpoint.Base.ToString(), endpoint.Address?.ToString()));
    }

    [Theory]
    [InlineData("""{"spec": {"type": "ExternalName", "externalName": "evil.example"}}""", null)]
    [InlineData("""{"spec": {"ports": [{"port": 1, "name": "a"}, {"port": 2, "name": "b"}]}}""", null)]
    [InlineData("""{"spec": {"ports": [{"port": 1, "name": "a"}]}}""", "b")]
    [InlineData("""{"spec": {}}""", null)]
    public void A_Service_that_leads_elsewhere_or_has_no_such_port_is_refused(string service, string? port) =>
        Assert.Throws<ActionException>(() => Endpoint.Of(JsonNode.Parse(service)!.AsObject(), new NamespacedName("m", "p"), port, https: false));

    [Theory]
    [InlineData("a=\"b\",c=~\"d,e\"", new[] { "a=\"b\"", "c=~\"d,e\"" })]
    [InlineData("a=\"b\\\",c\", d!=\"\"", new[] { "a=\"b\\\",c\"", "d!=\"\"" })]
    public void A_comma_inside_of_quotes_divides_no_matchers(string text, string[] matchers) =>
        Assert.Equal(matchers, MatcherList.Parse("matchers", text).Select(matcher => matcher.ToString()));

    [Fact]
    public void A_Secret_says_no_value_and_no_header_of_more_than_one_line()
    {
        var secret = new Secret { Metadata = new ObjectMeta { Name = "s" }, Data = new() { ["username"] = "u"u8.ToArray(), ["password"] = "hidden"u8.ToArray() } };

        Assert.Equal("Basic dTpoaWRkZW4=", Assert.Single(Credential.Of(secret).Headers).Value);
        Assert.DoesNotContain("hidden", Credential.Of(secret).ToString(), StringComparison.Ordinal);
        var exception = Assert.Throws<ActionException>(() => Credential.Of(secret with { Data = new() { ["bearerToken"] = "a\r\nX-Admin: yes"u8.ToArray() } }));
        Assert.DoesNotContain("X-Admin", exception.Message, StringComparison.Ordinal);
    }
}
