using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cli.Tests.Cluster;

[Trait("Category", "Cluster")]
public sealed class StartTests : ClusterTest
{
    [Fact]
    public async Task A_run_is_started_by_hand()
    {
        await ARunbookAsync("latency");
        var host = Host(random: "1a2b3c4d");
        Assert.Equal(0, await host.RunAsync("start", "latency", "-p", "namespace=shop", "--mode", "readalong"));
        Assert.Equal("runbookexecution.runbooks.dev/latency-1a2b3c4d started\n", host.Out);

        var run = await Client.GetAsync<RunbookExecution>(Key("latency-1a2b3c4d"), CancellationToken.None);
        Assert.Equal(("latency", TriggerType.Manual, RunbookMode.ReadAlong), (run.Spec.Runbook.Name, run.Spec.Trigger.Type, run.Spec.Mode));
        Assert.Equal("shop", run.Spec.Parameters!["namespace"]);
        Assert.Equal("latency", run.Metadata.Labels![Names.RunbookLabel]);
    }

    [Fact]
    public async Task Json_is_the_object_as_stored()
    {
        await ARunbookAsync("latency");
        var host = Host();
        Assert.Equal(0, await host.RunAsync("start", "latency", "-o", "json"));
        var stored = JsonNode.Parse(host.Out)!;
        Assert.Equal("Copilot", (string?)stored["spec"]!["mode"]);
        Assert.NotNull(stored["metadata"]!["uid"]);
    }

    [Fact]
    public async Task Name_is_type_and_name()
    {
        await ARunbookAsync("latency");
        var host = Host();
        Assert.Equal(0, await host.RunAsync("start", "latency", "-o", "name"));
        Assert.Equal("runbookexecution.runbooks.dev/latency-aaaaaaaa\n", host.Out);
    }

    [Fact]
    public async Task An_unknown_runbook_is_an_error_with_a_guess()
    {
        await ARunbookAsync("latency");
        var host = Host();
        Assert.Equal(1, await host.RunAsync("start", "latncy"));
        Assert.Equal($"error: runbook.runbooks.dev \"latncy\" not found in namespace {Namespace}; did you mean latency?\n", host.Error);
        Assert.Empty(host.Out);
    }

    [Fact]
    public async Task Where_there_is_nothing_it_says_so()
    {
        var host = Host();
        Assert.Equal(1, await host.RunAsync("start", "latency"));
        Assert.Contains("there are no runbooks.runbooks.dev in it", host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_incident_starts_nothing()
    {
        await ARunbookAsync("latency");
        var host = Host();
        Assert.Equal(1, await host.RunAsync("start", "latency", "--incident", "checkout-1"));
        Assert.Contains("incident.runbooks.dev \"checkout-1\" not found", host.Error, StringComparison.Ordinal);
        Assert.Empty(await Client.ListAllAsync<RunbookExecution>(Namespace, null, CancellationToken.None));
    }

    [Fact]
    public async Task Who_may_not_is_told_what()
    {
        await ARunbookAsync("latency");
        var host = Host();
        Assert.Equal(1, await host.RunAsync("start", "latency", "--as", "nobody-in-particular"));
        Assert.StartsWith($"error: not allowed to get runbooks.runbooks.dev in namespace {Namespace}: ", host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_schema_refuses_is_told_in_the_servers_words()
    {
        await ARunbookAsync("latency");
        await Client.CreateAsync(
            new RunbookExecution
            {
                Metadata = new() { Name = "latency-aaaaaaaa", Namespace = Namespace },
                Spec = Samples.Run().Spec,
            },
            CancellationToken.None);
        var host = Host();
        Assert.Equal(1, await host.RunAsync("start", "latency"));
        Assert.Contains("already exists", host.Error, StringComparison.Ordinal);
    }
}
