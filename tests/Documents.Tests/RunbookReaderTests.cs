using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Documents.Tests;

public sealed class RunbookReaderTests
{
    private const string Full = """
        # A comment.
        apiVersion: runbooks.dev/v1alpha1
        kind: Runbook
        metadata:
          name: payment-latency
          labels: {team: "payments", "app.kubernetes.io/name": pay}
        spec:
          title: Payment service is slow
          owner: team-payments
          services: [payment]
          triggers:
          - alert: {matchers: ['alertname="PaymentLatencyHigh"', 'severity=~"warning|critical"']}
          parameters:
          - {name: namespace, fromLabel: namespace, default: payments, pattern: '[a-z0-9-]{1,63}', required: yes}
          mode: Copilot
          serviceAccountName: payment-fixer
          steps:
          - name: timeouts
            run: |
              kubectl logs -n "$namespace" -l app=payment |
                wc -l
            outputs: [{name: timeouts, regex: '([0-9]+)'}]
            succeedsOn: [0, 0x1]
          - name: bounce
            when: [{variable: timeouts, operator: GreaterThan, values: ['50']}]
            uses: kubernetes/scale
            with: {kind: Deployment, name: payment, replicas: 010, wait: off, at: 2024-01-01, factor: 1.5}
            timeout: 1m30s
          deadline: 2h
        """;

    [Fact]
    public void A_runbook_is_read_whole()
    {
        var document = Read.Sound(Full);
        var spec = document.Runbook.Spec;
        Assert.Equal("payment-latency", document.Runbook.Metadata.Name);
        Assert.Equal("pay", document.Runbook.Metadata.Labels!["app.kubernetes.io/name"]);
        Assert.Equal(RunbookMode.Copilot, spec.Mode);
        Assert.True(spec.Parameters![0].Required);
        Assert.Equal("kubectl logs -n \"$namespace\" -l app=payment |\n  wc -l\n", spec.Steps[0].Run);
        Assert.Equal([0, 1], spec.Steps[0].SucceedsOn!);
        Assert.Equal(TimeSpan.FromSeconds(90), spec.Steps[1].Timeout!.Value.Value);
        Assert.Equal(TimeSpan.FromHours(2), spec.Deadline!.Value.Value);
    }

    [Fact]
    public void Content_is_what_the_file_says_as_kubectl_would_send_it()
    {
        var content = Read.Sound(Full).Content;
        Assert.Equal(["apiVersion", "kind", "metadata", "spec"], content.Select(member => member.Key));
        Assert.Equal("""{"kind":"Deployment","name":"payment","replicas":8,"wait":false,"at":"2024-01-01","factor":1.5}""",
            content["spec"]!["steps"]![1]!["with"]!.ToJsonString());
        Assert.Null(content["spec"]!["steps"]![1]!["onFailure"]);
        Assert.Equal("1m30s", content["spec"]!["steps"]![1]!["timeout"]!.GetValue<string>());
    }

    [Fact]
    public void Content_and_the_typed_runbook_are_equal()
    {
        var document = Read.Sound(Full);
        var typed = JsonSerializer.SerializeToNode(document.Runbook.Spec, ApiJson.Default.RunbookSpec);
        Assert.Equal(CanonicalJson.Hash(document.Content["spec"], 64), CanonicalJson.Hash(typed, 64));
    }

    [Theory]
    [InlineData("metadata.name", 5, 9)]
    [InlineData("metadata.labels.team", 6, 18)]
    [InlineData("spec.triggers[0].alert.matchers[1]", 12, 58)]
    [InlineData("spec.parameters[0]", 14, 5)]
    [InlineData("spec.parameters[0].pattern", 14, 73)]
    [InlineData("spec.steps[0]", 18, 5)]
    [InlineData("spec.steps[0].run", 19, 10)]
    [InlineData("spec.steps[1].with.replicas", 27, 55)]
    [InlineData("spec.steps[1].confirm", 24, 5)]
    [InlineData("spec.steps[7].run", 18, 3)]
    [InlineData("nothing", 2, 1)]
    public void The_map_says_where_a_value_stands_or_what_is_around_it(string path, int line, int column) =>
        Assert.Equal(new DocumentPosition(line, column), Read.Sound(Full).Map.Find(path));

    [Fact]
    public void The_map_says_where_a_name_stands()
    {
        var map = Read.Sound(Full).Map;
        Assert.Equal(new DocumentPosition(27, 45), map.FindKey("spec.steps[1].with.replicas"));
        Assert.Equal(new DocumentPosition(24, 5), map.FindKey("spec.steps[1]"));
    }

    [Theory]
    [InlineData("Runbook", true)]
    [InlineData("\"Runbook\"", true)]
    public void Documents_of_other_kinds_are_counted_and_left_alone(string kind, bool found)
    {
        var result = Read.Text($"a: b\n---\n{Full.Replace("kind: Runbook", $"kind: {kind}", StringComparison.Ordinal)}\n---\n# nothing\n---\napiVersion: v1\nkind: Secret\n"
            + "---\napiVersion: runbooks.dev/v1alpha1\nkind: RunbookRepository\n---\napiVersion: other.dev/v1\nkind: Runbook\n---\n- a\n");
        Assert.Equal(found, result.Runbooks.Count == 1);
        Assert.Equal(5, result.Ignored);
        Assert.Empty(result.Problems);
    }

    [Fact]
    public void A_broken_document_leaves_the_others_of_its_file_alone()
    {
        var result = Read.Text($"{Full}\n---\n{Full.Replace("title:", "titel:", StringComparison.Ordinal)}\n---\n{Full}");
        Assert.Equal(2, result.Runbooks.Count);
        Assert.Equal("a.yaml:38:3: error RBK006: unknown field \"titel\" in spec; did you mean \"title\"?", result.Problems[0].ToString());
    }

    [Theory]
    [InlineData("apiVersion: runbooks.dev/v1\nkind: Runbook", "a.yaml:1:13: error RBK013: apiVersion must be runbooks.dev/v1alpha1")]
    [InlineData("kind: Runbook", "a.yaml:1:1: error RBK013: apiVersion must be runbooks.dev/v1alpha1")]
    [InlineData("apiVersion: runbooks.dev/v1alpha1", "a.yaml:1:1: error RBK013: the document has no kind")]
    [InlineData("apiVersion: runbooks.dev/v1alpha1\nkind: Runbok", "a.yaml:2:7: error RBK013: runbooks.dev has no kind \"Runbok\"; did you mean \"Runbook\"?")]
    [InlineData("apiVersion: runbooks.dev/v1alpha1\nkind: Runbook", "a.yaml:1:1: error RBK008: the document has no spec")]
    [InlineData("apiVersion: runbooks.dev/v1alpha1\nkind: Runbook\nmetadata: x", "a.yaml:3:11: error RBK009: metadata must be a mapping of names to values")]
    [InlineData("apiVersion: runbooks.dev/v1alpha1\nkind: Runbook\nmetadata: {nam: x}", "a.yaml:3:12: error RBK006: unknown field \"nam\" in metadata; did you mean \"name\"?")]
    [InlineData("apiVersion: runbooks.dev/v1alpha1\nkind: Runbook\nmetadata: {name: 8080}", "a.yaml:3:18: error RBK009: metadata.name must be text, and 8080 is read as a number; write '8080' in quotes")]
    [InlineData("apiVersion: runbooks.dev/v1alpha1\nkind: Runbook\nmetadata: {name: x, labels: {'a b': x}}", "a.yaml:3:30: error RBK010: the name of metadata.labels.a b is \"a b\"; it must match ^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$")]
    [InlineData("apiVersion: runbooks.dev/v1alpha1\nkind: Runbook\nmetadata: {name: x, labels: {a: yes}}", "a.yaml:3:33: error RBK009: metadata.labels.a must be text, and yes is read as true or false; write 'yes' in quotes")]
    [InlineData("apiVersion: runbooks.dev/v1alpha1\nkind: Runbook\nmetadata: {name: x, labels: [a]}", "a.yaml:3:29: error RBK009: metadata.labels must be a mapping of names to values")]
    public void A_head_that_is_wrong_says_so(string text, string expected) =>
        Assert.Contains(expected, Read.Text(text).Problems.Select(problem => problem.ToString()));

    [Fact]
    public void What_only_the_server_and_the_operator_write_is_left_out_with_a_warning()
    {
        var result = Read.Text("""
            apiVersion: runbooks.dev/v1alpha1
            kind: Runbook
            metadata:
              name: web
              uid: 4f2
              resourceVersion: "12"
              creationTimestamp: null
              labels: {runbooks.dev/repository: mine}
              annotations: {kubectl.kubernetes.io/last-applied-configuration: "{}", note: hi}
            spec: {title: a, steps: [{name: a, manual: b}]}
            status: {phase: x}
            """);
        Assert.Equal(["a.yaml:5:3: warning RBK014: metadata.uid is written by the API server and left out",
            "a.yaml:6:3: warning RBK014: metadata.resourceVersion is written by the API server and left out",
            "a.yaml:7:3: warning RBK014: metadata.creationTimestamp is written by the API server and left out",
            "a.yaml:8:12: warning RBK014: metadata.labels.runbooks.dev/repository is written by the operator or kubectl and left out",
            "a.yaml:9:17: warning RBK014: metadata.annotations.kubectl.kubernetes.io/last-applied-configuration is written by the operator or kubectl and left out",
            "a.yaml:11:1: warning RBK014: status is written by the operator and left out"], result.Problems.Select(problem => problem.ToString()));
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"name": "web", "labels": {}, "annotations": {"note": "hi"}}"""), Assert.Single(result.Runbooks).Content["metadata"]));
    }
}
