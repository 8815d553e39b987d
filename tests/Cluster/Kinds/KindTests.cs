using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.TestKit;

namespace RunbookOperator.Cluster.Kinds;

/// <summary>What the real server makes of the schemas.</summary>
[Trait("Category", "Cluster")]
public sealed class KindTests : IAsyncLifetime
{
    private static readonly TimeSpan PublishTimeout = TimeSpan.FromSeconds(30);
    private static readonly string[] Kinds = [.. Generator.CrdFiles.Kinds.Select(kind => kind.Name)];

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
    public async Task Every_bound_takes_what_is_at_it()
    {
        var samples = SchemaSamples.All().ToList();
        Assert.InRange(samples.Count, 150, 1000);

        var refused = await CreateAllAsync(samples.Select(sample => sample.AtLimit));

        // A server with CEL also asks whether the fields go together, which is not the question here.
        var messages = Generator.CrdFiles.Kinds.SelectMany(kind => kind.Assembly.GetTypes()).SelectMany(type => type.GetCustomAttributes(typeof(RulesAttribute), false))
            .Cast<RulesAttribute>().SelectMany(rules => rules.Rules).Select(rule => rule.Message).ToList();
        Assert.All(refused, line => Assert.Contains(messages, message => line.Contains(message, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Every_bound_refuses_what_is_one_over()
    {
        var samples = SchemaSamples.All().ToList();
        var created = await Task.WhenAll(samples.Chunk(60).Select(async chunk => chunk.Length - (await CreateAllAsync(chunk.Select(sample => sample.Over))).Count));

        if (created.Sum() > 0)
        {
            var taken = new List<string>();
            foreach (var sample in samples)
            {
                if ((await CreateAllAsync([sample.Over])).Count == 0)
                {
                    taken.Add(sample.Place);
                }
            }

            Assert.Empty(taken);
        }
    }

    [Fact]
    public async Task Every_field_is_explained()
    {
        using var end = new CancellationTokenSource(PublishTimeout);
        var definitions = new List<JsonNode>();
        while (definitions.Count < Kinds.Length)
        {
            end.Token.ThrowIfCancellationRequested();
            var all = JsonNode.Parse(await _kubectl.RunAsync(["get", "--raw", "/openapi/v2"]))!["definitions"]!.AsObject();
            definitions = [.. Kinds.Select(kind => all[$"dev.runbooks.v1alpha1.{kind}"]!).Where(definition => definition is not null)];
        }

        Assert.Empty(definitions.Zip(Kinds).SelectMany(kind => new[] { "spec", "status" }.SelectMany(part => Unexplained($"{kind.Second}.{part}", kind.First["properties"]![part]!))));
    }

    [Fact]
    public async Task What_is_new_has_its_defaults_does_not_look_finished_and_holds_nothing_unknown()
    {
        var created = await CreateAsync("""
            {"kind":"Runbook","metadata":{"name":"web"},"spec":{"title":"x","owned":"y","concurrency":{},"history":{},
             "steps":[{"name":"a","run":"true","retries":{"limit":1},"with":{"any":{"shape":1}},"verify":{"uses":"a/b"},"tiemout":"5m"}]}}
            """);
        var spec = created["spec"]!;
        Assert.Equal("""{"cooldown":"10m","maxPerHour":6,"policy":"Forbid"}""", Sorted(spec["concurrency"]!));
        Assert.Equal("""{"failed":50,"succeeded":20}""", Sorted(spec["history"]!));
        Assert.Equal(("ReadAlong", "24h", null), ((string?)spec["mode"], (string?)spec["deadline"], spec["owned"]));
        var step = spec["steps"]![0]!;
        Assert.Equal(("5m", "Stop", "10s", "2m", null), ((string?)step["timeout"], (string?)step["onFailure"], (string?)step["retries"]!["backoff"], (string?)step["verify"]!["within"], step["tiemout"]));
        Assert.Equal("""{"any":{"shape":1}}""", step["with"]!.ToJsonString());
        Assert.Equal(-1, (int?)created["status"]!["observedGeneration"]);

        created = await CreateAsync("""{"kind":"RunbookRepository","metadata":{"name":"web"},"spec":{"url":"https://a","serviceAccountName":"a","pullRequests":{"provider":"git"}}}""");
        spec = created["spec"]!;
        Assert.Equal(("""["Runbook"]""", "1m", "60s", "./", true, "runbooks/"),
            (spec["kinds"]!.ToJsonString(), (string?)spec["interval"], (string?)spec["timeout"], (string?)spec["path"], (bool)spec["prune"]!, (string?)spec["pullRequests"]!["branchPrefix"]));
        Assert.Equal(-1, (int?)created["status"]!["observedGeneration"]);

        // A policy tightens what it names and nothing else.
        created = await CreateAsync("""{"kind":"RunbookPolicy","metadata":{"name":"web"},"spec":{"approvals":{"caution":{}},"freezes":[{"schedule":"0 18 * * 5","duration":"60h"}]}}""");
        Assert.Equal("""{"approvals":{"caution":{}},"freezes":[{"duration":"60h","schedule":"0 18 * * 5"}]}""", Sorted(created["spec"]!));
        Assert.Equal(-1, (int?)created["status"]!["observedGeneration"]);
    }

    [Fact]
    public async Task A_value_stands_once_in_a_set_and_a_key_once_in_a_keyed_list()
    {
        Assert.NotEmpty(await CreateAllAsync([Parse("""{"kind":"Runbook","metadata":{"name":"web"},"spec":{"title":"x","steps":[{"name":"a","manual":"x"},{"name":"b","manual":"x","needs":["a","a"]}]}}""")]));
        Assert.NotEmpty(await CreateAllAsync([Parse("""{"kind":"Runbook","metadata":{"name":"web"},"spec":{"title":"x","steps":[{"name":"a","run":"x","env":[{"name":"A","value":"x"},{"name":"A","value":"y"}]}]}}""")]));
    }

    // Dry runs: the server decides as if it were to store them. What is refused is told in one line each.
    private async Task<IReadOnlyList<string>> CreateAllAsync(IEnumerable<JsonObject> objects)
    {
        var list = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "List", ["items"] = new JsonArray([.. objects.Select(value => value.DeepClone())]) };
        var result = await _kubectl.TryAsync(["create", "--validate=false", "--dry-run=server", "-n", _namespace.Name, "-f", "-"], list.ToJsonString());
        return [.. result.Error.Split('\n').Where(line => line.StartsWith("Error from server", StringComparison.Ordinal) || line.StartsWith("The ", StringComparison.Ordinal))];
    }

    private async Task<JsonNode> CreateAsync(string json) =>
        JsonNode.Parse(await _kubectl.RunAsync(["create", "--validate=false", "-n", _namespace.Name, "-o", "json", "-f", "-"], Parse(json).ToJsonString()))!;

    private static JsonObject Parse(string json)
    {
        var value = (JsonObject)JsonNode.Parse(json)!;
        value["apiVersion"] = "runbooks.dev/v1alpha1";
        return value;
    }

    private static string Sorted(JsonNode node) => System.Text.Encoding.UTF8.GetString(CanonicalJson.Bytes(node));

    private static IEnumerable<string> Unexplained(string path, JsonNode schema)
    {
        foreach (var (name, field) in schema["properties"] as JsonObject ?? [])
        {
            if (string.IsNullOrWhiteSpace((string?)field!["description"]))
            {
                yield return $"{path}.{name}";
            }

            foreach (var inner in Unexplained($"{path}.{name}", field))
            {
                yield return inner;
            }
        }

        if (schema["items"] is { } items)
        {
            foreach (var inner in Unexplained($"{path}[]", items))
            {
                yield return inner;
            }
        }
    }
}
