using System.Net;
using System.Text;
using RunbookOperator.TestKit;

namespace RunbookOperator.Actions.Tests.Outside;

public sealed class EgressTests
{
    private static readonly Egress Open = new(OutsideWorld.Loopback, TimeProvider.System);

    [Fact]
    public async Task An_answer_comes_whole_with_its_status()
    {
        await using var server = FaultyServer.Answering(418, "{\"a\": 1}");

        var answer = await Open.SendAsync(Get(server), CancellationToken.None);

        Assert.Equal((418, "application/json", "{\"a\": 1}", EgressEnding.Whole), (answer.Status, answer.ContentType, Encoding.UTF8.GetString(answer.Body.Span), answer.Ending));
        Assert.StartsWith("GET /x?y=z HTTP/1.1\r\n", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_leave_of_the_settings_the_loopback_is_never_connected_to()
    {
        await using var server = FaultyServer.Answering(200, "");

        var exception = await FailAsync(new Egress(new EgressOptions(), TimeProvider.System), Get(server));

        Assert.Equal(EgressFailure.Refused, exception.Failure);
        Assert.Equal($"{server.Url} is not asked: 127.0.0.1 is the machine itself", exception.Message);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_name_is_looked_up_once_and_what_was_judged_is_connected_to()
    {
        await using var server = FaultyServer.Answering(200, "");
        var asked = new List<string>();
        var egress = new Egress(OutsideWorld.Loopback, TimeProvider.System, (name, _) =>
        {
            asked.Add(name);
            return Task.FromResult<IPAddress[]>(asked.Count == 1 ? [IPAddress.Loopback] : [IPAddress.Parse("169.254.169.254")]);
        });

        await egress.SendAsync(new EgressRequest(HttpMethod.Get, new Uri($"http://metrics.example:{new Uri(server.Url).Port}/")), CancellationToken.None);

        Assert.Equal(["metrics.example"], asked);
        Assert.Contains($"Host: metrics.example:{new Uri(server.Url).Port}\r\n", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("203.0.113.1,169.254.169.254")]
    [InlineData("169.254.169.254")]
    [InlineData("10.9.8.7")]
    public async Task A_name_one_of_whose_addresses_leads_inside_is_refused(string addresses)
    {
        var options = new EgressOptions { ApiServers = ["api.example"] };
        var egress = new Egress(options, TimeProvider.System, (name, _) =>
            Task.FromResult(name == "api.example" ? [IPAddress.Parse("10.9.8.7")] : addresses.Split(',').Select(IPAddress.Parse).ToArray()));

        var exception = await FailAsync(egress, new EgressRequest(HttpMethod.Get, new Uri("http://evil.example/?secret=s")));

        Assert.Equal(EgressFailure.Refused, exception.Failure);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pinned_address_is_judged_as_well()
    {
        var request = new EgressRequest(HttpMethod.Get, new Uri("http://p.m.svc:1/")) { Address = IPAddress.Parse("169.254.169.254") };

        Assert.Equal(EgressFailure.Refused, (await FailAsync(Open, request)).Failure);
    }

    [Fact]
    public async Task A_redirect_is_an_answer_and_is_not_followed()
    {
        await using var other = FaultyServer.Answering(200, "");
        await using var server = FaultyServer.Answering(302, "", $"Location: {other.Url}/\r\n");

        Assert.Equal(302, (await Open.SendAsync(Get(server), CancellationToken.None)).Status);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task A_body_without_end_is_cut()
    {
        await using var server = FaultyServer.Doing(async (stream, _, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), token);
            while (true)
            {
                await stream.WriteAsync(new byte[64 * 1024], token);
            }
        });

        var answer = await Open.SendAsync(Get(server) with { MaximumBytes = 1000 }, CancellationToken.None);

        Assert.Equal((1000, EgressEnding.TooLong), (answer.Body.Length, answer.Ending));
    }

    [Fact]
    public async Task A_body_as_long_as_allowed_is_whole()
    {
        await using var server = FaultyServer.Answering(200, new string('x', 1000));

        Assert.Equal(EgressEnding.Whole, (await Open.SendAsync(Get(server) with { MaximumBytes = 1000 }, CancellationToken.None)).Ending);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_told_with_its_status()
    {
        await using var server = FaultyServer.Saying("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegun");

        var answer = await Open.SendAsync(Get(server), CancellationToken.None);

        Assert.Equal((200, EgressEnding.Broken, "begun"), (answer.Status, answer.Ending, Encoding.UTF8.GetString(answer.Body.Span)));
    }

    [Fact]
    public async Task A_body_that_trickles_ends_with_the_time()
    {
        await using var server = FaultyServer.Doing(async (stream, _, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), token);
            while (true)
            {
                await stream.WriteAsync("."u8.ToArray(), token);
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, token);
            }
        });

        var answer = await Open.SendAsync(Get(server) with { Timeout = TimeSpan.FromSeconds(3) }, CancellationToken.None);

        Assert.Equal((200, EgressEnding.Broken), (answer.Status, answer.Ending));
        Assert.NotEqual(0, answer.Body.Length);
    }

    [Fact]
    public async Task Silence_may_have_been_heard()
    {
        var heard = new TaskCompletionSource();
        await using var server = FaultyServer.Doing((_, _, token) =>
        {
            heard.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        });
        var time = new ManualTimeProvider();

        var asking = FailAsync(new Egress(OutsideWorld.Loopback, time), Get(server));
        await heard.Task;
        time.Advance(TimeSpan.FromSeconds(30));

        var exception = await asking;
        Assert.Equal((EgressFailure.NoAnswer, $"{server.Url} did not answer within 30 s"), (exception.Failure, exception.Message));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("SSH-2.0-OpenSSH\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    public async Task What_is_no_answer_may_have_been_heard(string bytes)
    {
        await using var server = FaultyServer.Saying(bytes);

        Assert.Equal(EgressFailure.NoAnswer, (await FailAsync(Open, Get(server))).Failure);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_was_sent()
    {
        var request = new EgressRequest(HttpMethod.Post, new Uri($"http://127.0.0.1:{FreePort.Next()}/")) { Body = "x"u8.ToArray() };

        Assert.Equal(EgressFailure.Unreachable, (await FailAsync(Open, request)).Failure);
    }

    [Fact]
    public async Task A_name_without_address_is_nobody()
    {
        var egress = new Egress(new EgressOptions(), TimeProvider.System, (_, _) => throw new System.Net.Sockets.SocketException(11001));

        Assert.Equal(EgressFailure.Unreachable, (await FailAsync(egress, new EgressRequest(HttpMethod.Get, new Uri("http://nobody.example/")))).Failure);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_gets_no_request()
    {
        await using var server = FaultyServer.Doing((_, _, _) => Task.CompletedTask, FaultyServer.Certificate());

        var exception = await FailAsync(Open, Get(server));

        Assert.Equal(EgressFailure.Unreachable, exception.Failure);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_certificate_of_the_given_authority_is_believed_for_its_own_name_only()
    {
        var certificate = FaultyServer.Certificate();
        await using var server = FaultyServer.Doing(
            (stream, _, token) => stream.WriteAsync("HTTP/1.1 204 X\r\n\r\n"u8.ToArray(), token).AsTask(), certificate);
        var authorities = new System.Security.Cryptography.X509Certificates.X509Certificate2Collection();
        authorities.ImportFromPem(certificate.ExportCertificatePem());

        Assert.Equal(204, (await Open.SendAsync(Get(server) with { Authorities = authorities }, CancellationToken.None)).Status);

        var other = new EgressRequest(HttpMethod.Get, new Uri($"https://other.example:{new Uri(server.Url).Port}/")) { Authorities = authorities, Address = IPAddress.Loopback };
        Assert.Equal(EgressFailure.Unreachable, (await FailAsync(Open, other)).Failure);
        Assert.Single(server.Requests);
    }

    private static EgressRequest Get(FaultyServer server) => new(HttpMethod.Get, new Uri(server.Url + "/x?y=z"));

    private static Task<EgressException> FailAsync(Egress egress, EgressRequest request) =>
        Assert.ThrowsAsync<EgressException>(() => egress.SendAsync(request, CancellationToken.None));
}
