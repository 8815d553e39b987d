using System.Text.Json.Nodes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Cluster;

[Trait("Category", "Cluster")]
public sealed class CrdTests : IAsyncLifetime
{
    private static readonly TimeSpan PublishTimeout = TimeSpan.FromSeconds(30);

    private Kubectl _kubectl = null!;
    private TestNamespace _namespace = null!;

    public async Task InitializeAsync()
    {
        await Definitions.InstallAsync(CancellationToken.None);
        _kubectl = await Kubectl.AdministratorAsync(CancellationToken.None);
        _namespace = await TestNamespace.CreateAsync(_kubectl);
    }

    public async Task DisposeAsync() => await _namespace.DisposeAsync();

    [Fact]
    public async Task Kubectl_explains_the_fields_of_a_step()
    {
        var text = await ExplainAsync("runbook.spec.steps");

        Assert.Contains("What to do, in this order.", text, StringComparison.Ordinal);
        Assert.Matches("name\\s+<string> -required-", text);
        Assert.Contains("A command for bash -euo pipefail -c.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_columns_are_those_that_people_read()
    {
        await ApplyAsync(Runbook("payment-latency"));

        Assert.Equal(["NAME", "MODE", "RISK", "RUNS", "SUCCESS", "STALE", "READY", "AGE"], await ColumnsAsync("rb"));
        Assert.Equal(["NAME", "MODE", "RISK", "RUNS", "SUCCESS", "STALE", "READY", "AGE", "TITLE", "OWNER", "MESSAGE"], await ColumnsAsync("rb", "-o", "wide"));
    }

    [Fact]
    public async Task What_is_live_is_under_oncall()
    {
        await ApplyAsync(Runbook("payment-latency"));
        await ApplyAsync(Execution("payment-latency-1"));

        var names = await _kubectl.RunAsync(["get", "oncall", "-n", _namespace.Name, "-o", "name"]);

        Assert.Equal("runbookexecution.runbooks.dev/payment-latency-1", names.Trim());
    }

    [Fact]
    public async Task Something_new_does_not_look_finished()
    {
        await ApplyAsync(Execution("payment-latency-1"));

        var stored = JsonNode.Parse(await _kubectl.RunAsync(["get", "rbx", "payment-latency-1", "-n", _namespace.Name, "-o", "json"]))!;

        Assert.Equal(-1, (int?)stored["status"]!["observedGeneration"]);
        Assert.Equal("Running", (string?)stored["spec"]!["desiredState"]);
        Assert.Equal("ReadAlong", (string?)stored["spec"]!["mode"]);
    }

    [Fact]
    public async Task Fifty_steps_are_taken_and_one_more_is_not()
    {
        await ApplyAsync(Runbook("long", steps: 50));

        await RefusedAsync(Runbook("longer", steps: 51), "spec.steps", "at most 50 items");
    }

    [Fact]
    public async Task A_name_of_forty_characters_is_taken_and_one_more_is_not()
    {
        await ApplyAsync(Runbook(new string('a', 40)));

        await RefusedAsync(Runbook(new string('a', 41)), "metadata.name", "40");
    }

    [Fact]
    public async Task A_bad_value_is_named_with_its_place()
    {
        var runbook = Runbook("payment-latency");
        runbook["spec"]!["steps"]![0]!["risk"] = "harmless";
        await RefusedAsync(runbook, "spec.steps", "harmless");

        runbook = Runbook("payment-latency");
        runbook["spec"]!["deadline"] = "soon";
        await RefusedAsync(runbook, "spec.deadline", "soon");

        runbook = Runbook("payment-latency");
        runbook["spec"]!.AsObject().Remove("title");
        await RefusedAsync(runbook, "spec.title", "Required value");
    }

    [Fact]
    public async Task Two_steps_of_one_name_are_refused()
    {
        var runbook = Runbook("payment-latency", steps: 2);
        runbook["spec"]!["steps"]![1]!["name"] = "step-0";

        await RefusedAsync(runbook, "spec.steps[1]", "Duplicate value");
    }

    // The server publishes the schema a moment after it serves the kind.
    private async Task<string> ExplainAsync(string field)
    {
        using var end = new CancellationTokenSource(PublishTimeout);
        while (true)
        {
            var result = await _kubectl.TryAsync(["explain", field], cancellationToken: end.Token);
            if (result.ExitCode == 0 && result.Output.Contains("FIELDS", StringComparison.Ordinal))
            {
                return result.Output;
            }
        }
    }

    private async Task<string[]> ColumnsAsync(string kind, params string[] more)
    {
        var table = await _kubectl.RunAsync(["get", kind, "-n", _namespace.Name, .. more]);
        return table.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    // Create, not apply: what the server says about the object is the answer, with nothing that kubectl checks before.
    private Task<string> ApplyAsync(JsonObject value) =>
        _kubectl.RunAsync(["create", "--validate=false", "-n", _namespace.Name, "-f", "-"], value.ToJsonString());

    private async Task RefusedAsync(JsonObject value, params string[] words)
    {
        var result = await _kubectl.TryAsync(["create", "--validate=false", "-n", _namespace.Name, "-f", "-"], value.ToJsonString());

        Assert.NotEqual(0, result.ExitCode);
        Assert.All(words, word => Assert.Contains(word, result.Error, StringComparison.Ordinal));
    }

    private static JsonObject Runbook(string name, int steps = 1) => new()
    {
        ["apiVersion"] = "runbooks.dev/v1alpha1",
        ["kind"] = "Runbook",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["spec"] = new JsonObject
        {
            ["title"] = "Payment is slow",
            ["steps"] = new JsonArray([.. Enumerable.Range(0, steps).Select(i => new JsonObject { ["name"] = $"step-{i}", ["manual"] = "Look." })]),
        },
    };

    private static JsonObject Execution(string name) => new()
    {
        ["apiVersion"] = "runbooks.dev/v1alpha1",
        ["kind"] = "RunbookExecution",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["spec"] = new JsonObject
        {
            ["runbook"] = new JsonObject { ["name"] = "payment-latency" },
            ["trigger"] = new JsonObject { ["type"] = "Manual" },
        },
    };
}
