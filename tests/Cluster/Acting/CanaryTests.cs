using RunbookOperator.Api;
using RunbookOperator.Cli;
using RunbookOperator.Cluster.Stories;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Cluster.Acting;

/// <summary>Secrets of every form, printed by real Pods and read by a typed action, are seen at no place where text is kept.</summary>
[Collection(SceneCollection.Name)]
public sealed class CanaryTests(Scene scene)
{
    // Together with what stands around them they fit into the output that is kept.
    private const int Together = 3000;

    private const string Known = "s3cret-of-this-test";

    [Fact]
    [Trait("Category", "EndToEnd")]
    public async Task No_secret_is_seen_in_any_sink()
    {
        var groups = Groups();
        await GiveAsync(groups);
        var steps = string.Join('\n', groups.Select((_, i) => $$"""
            - name: print-{{i}}
              run: kubectl get configmap canaries -o jsonpath='{.data.g{{i}}}'
              risk: safe
              onFailure: Continue
              outputs: [{name: out_{{i}}, regex: '^found (.*)'}]
            """)) + """

            - name: read
              uses: kubernetes/get
              with: {kind: ConfigMap, name: canaries, output: yaml}
              onFailure: Continue
            - name: secret
              run: echo "it is $CANARY, $(printf %s "$CANARY" | base64)" && exit 3
              env: [{name: CANARY, secretKeyRef: {name: canary, key: value}}]
              onFailure: Continue
            - name: ask
              manual: Look at it.
            """;
        var run = await scene.StartAsync(steps);
        await scene.UntilAsync(run, "it asks", status => status.Steps?.Exists(step => step is { Name: "ask", State: StepState.Waiting }) == true);
        await scene.DecideAsync("riley", run, "ask", ApprovalDecision.MarkDone, spec => spec with { Reason = "looks right" });
        var ended = await scene.EndAsync(run);

        var sinks = await SinksAsync(run);
        string[] canaries = [.. SecretSamples.All.SelectMany(sample => sample.Canaries), Known, Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Known))[..20]];
        var seen = sinks.SelectMany(sink => canaries.Where(canary => sink.Value.Contains(canary, StringComparison.Ordinal)).Select(canary => $"{sink.Key}: {canary}"));
        Assert.Empty(seen);

        // The secrets were there to be seen: each step printed, and what surrounds them was kept.
        Assert.All(ended.Status!.Steps!.Where(step => step.Name.StartsWith("print-", StringComparison.Ordinal)), step => Assert.Contains(Redactor.Replacement, step.Output, StringComparison.Ordinal));
        Assert.Contains(ended.Status.Steps!, step => step.Message?.Contains("holds a secret", StringComparison.Ordinal) == true);
        Assert.StartsWith("it is [redacted], [redacted]", ended.Status.Steps!.Single(step => step.Name == "secret").Output, StringComparison.Ordinal);
        Assert.All(sinks, sink => Assert.True(sink.Value.Length > 0, $"{sink.Key} is empty"));
    }

    private static List<string> Groups()
    {
        var groups = new List<string> { "" };
        foreach (var sample in SecretSamples.All)
        {
            if (groups[^1].Length + sample.Text.Length > Together)
            {
                groups.Add("");
            }

            groups[^1] += sample.Text + "\n";
        }

        return groups;
    }

    private async Task GiveAsync(List<string> groups)
    {
        await scene.Client.CreateAsync(
            new ConfigMap
            {
                ApiVersion = "v1",
                Kind = "ConfigMap",
                Metadata = new ObjectMeta { Name = "canaries", Namespace = scene.Namespace },
                Data = groups.Select((text, i) => KeyValuePair.Create($"g{i}", text)).ToDictionary(),
            },
            CancellationToken.None);
        await scene.ApplyAsync($$"""
            apiVersion: v1
            kind: Secret
            metadata: {name: canary, labels: {runbooks.dev/use: safe-steps} }
            stringData: {value: {{Known}} }
            """);
        await scene.Kubectl.RunAsync(["create", "role", "canary", "-n", scene.Namespace, "--verb=get", "--resource=secrets", "--resource-name=canary"]);
        await scene.Kubectl.RunAsync(["create", "rolebinding", "canary", "-n", scene.Namespace, "--role=canary", $"--serviceaccount={scene.Namespace}:runbook-reader", $"--serviceaccount={scene.Namespace}:checkout-fixer"]);
    }

    private async Task<Dictionary<string, string>> SinksAsync(string run)
    {
        var sinks = new Dictionary<string, string>();
        foreach (var kind in new[] { "runbookexecutions", "runbooks", "runbookapprovals", "events", "controllerrevisions", "pods" })
        {
            sinks[kind] = await scene.Kubectl.RunAsync(["get", kind, "-n", scene.Namespace, "-o", "yaml"]);
        }

        sinks["audit lines"] = scene.Operator.Audit.ToString();
        sinks["metrics"] = await scene.Operator.GetAsync("/metrics");
        sinks["the operator's log"] = await ReadSharedAsync(Path.Combine(TestCluster.RepositoryRoot, "artifacts", "tests", "operator.log"));
        foreach (var format in new[] { "wide", "json" })
        {
            sinks[$"follow -o {format}"] = await FollowAsync(run, format);
        }

        return sinks;
    }

    private async Task<string> FollowAsync(string run, string format)
    {
        using var output = new StringWriter();
        var connection = new RunbookOperator.Cli.Cluster.ClusterConnection(scene.Client, "https://cluster", scene.Namespace);
        var host = new CliHost
        {
            Terminal = new Terminal { Out = output, Error = output, In = TextReader.Null, IsInputTerminal = false, IsOutputTerminal = false },
            ProgramName = "runbook",
            Environment = static _ => null,
            Time = TimeProvider.System,
            RandomHex = static digits => new string('a', digits),
            Connect = _ => connection,
        };
        await CommandLine.RunAsync(["follow", run, "-o", format], host, CancellationToken.None);
        return output.ToString();
    }

    private static async Task<string> ReadSharedAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync();
    }
}
