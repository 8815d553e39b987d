using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cli.Tests.Cluster;

[Trait("Category", "Cluster")]
public sealed class NoteClusterTests : ClusterTest
{
    [Fact]
    public async Task Notes_written_at_once_are_all_kept()
    {
        await AnIncidentAsync("checkout-1");
        string[] texts = ["a", "b", "c", "d"];
        var hosts = texts.Select(_ => Host()).ToList();
        var codes = await Task.WhenAll(texts.Zip(hosts, (text, host) => host.RunAsync("note", "checkout-1", text, "--command", $"kubectl get {text}")));
        Assert.All(codes, code => Assert.Equal(0, code));
        Assert.All(hosts, host => Assert.Equal("incident.runbooks.dev/checkout-1 noted\n", host.Out));

        var incident = await Client.GetAsync<Incident>(Key("checkout-1"), CancellationToken.None);
        Assert.Equal(texts, incident.Spec.Notes!.Select(note => note.Text).Order(StringComparer.Ordinal));
        Assert.All(incident.Spec.Notes!, note => Assert.Equal($"kubectl get {note.Text}", note.Command));
        Assert.Equal("service=checkout", incident.Spec.Key);
    }

    [Fact]
    public async Task An_unknown_incident_is_an_error_with_a_guess()
    {
        await AnIncidentAsync("checkout-1");
        var host = Host();
        Assert.Equal(1, await host.RunAsync("note", "chekout-1", "words"));
        Assert.EndsWith("did you mean checkout-1?\n", host.Error, StringComparison.Ordinal);
    }

    private Task<Incident> AnIncidentAsync(string name) => Client.CreateAsync(
        new Incident { Metadata = new ObjectMeta { Name = name, Namespace = Namespace }, Spec = new IncidentSpec { Key = "service=checkout" } },
        CancellationToken.None);
}
