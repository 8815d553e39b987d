using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cli.Tests.Cluster;

[Trait("Category", "Cluster")]
public sealed class IncidentTests : ClusterTest
{
    [Fact]
    public async Task Somebody_has_seen_it_and_somebody_takes_care_of_it()
    {
        await Client.CreateAsync(
            new Incident { Metadata = new ObjectMeta { Name = "checkout-1", Namespace = Namespace }, Spec = new IncidentSpec { Key = "service=checkout" } },
            CancellationToken.None);
        var host = Host();
        Assert.Equal(0, await host.RunAsync("ack", "checkout-1"));
        Assert.Equal(0, await host.RunAsync("assign", "checkout-1", "riley"));
        Assert.Equal("incident.runbooks.dev/checkout-1 acknowledged\nincident.runbooks.dev/checkout-1 assigned to riley\n", host.Out);

        var spec = (await Client.GetAsync<Incident>(Key("checkout-1"), CancellationToken.None)).Spec;
        Assert.Equal((true, "riley", "service=checkout"), (spec.Acknowledged, spec.Assignee, spec.Key));
    }

    [Theory]
    [InlineData("ack", "chekout-1")]
    [InlineData("assign", "chekout-1", "riley")]
    public async Task An_unknown_incident_is_an_error(params string[] arguments)
    {
        var host = Host();
        Assert.Equal(1, await host.RunAsync(arguments));
        Assert.StartsWith("error: incident.runbooks.dev \"chekout-1\" not found", host.Error, StringComparison.Ordinal);
    }
}
