using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunbookOperator.Api.Tests;

public sealed class DigestTests
{
    private static readonly StepDigest Digest = new()
    {
        Namespace = "shop",
        ExecutionUid = "5c1f",
        Step = "bounce",
        Attempt = 1,
        Command = "kubernetes/rollout-restart kind=Deployment name=payment",
        Environment = new Dictionary<string, string> { ["namespace"] = "shop" },
        Image = "",
        ServiceAccount = "payment-fixer",
        Risk = "caution",
        RuleSet = "4f00",
    };

    private static readonly StepDigest[] Others =
    [
        Digest with { Namespace = "other" },
        Digest with { ExecutionUid = "5c20" },
        Digest with { Step = "failover" },
        Digest with { Attempt = 2 },
        Digest with { Command = "kubernetes/rollout-restart kind=Deployment name=checkout" },
        Digest with { Environment = new Dictionary<string, string> { ["namespace"] = "prod" } },
        Digest with { Environment = new Dictionary<string, string>() },
        Digest with { Image = "tools@sha256:00" },
        Digest with { Secrets = new Dictionary<string, string> { ["PASSWORD"] = "db/password" } },
        Digest with { ServiceAccount = "admin" },
        Digest with { Risk = "dangerous" },
        Digest with { RuleSet = "4f01" },
        Digest with { IsUndo = true },
        Digest with { Undo = "7c9a" },
        Digest with { Target = new System.Text.Json.Nodes.JsonObject { ["uid"] = "9b2e" } },
    ];

    public static TheoryData<int> Changed => [.. Enumerable.Range(0, Others.Length)];

    [Theory]
    [MemberData(nameof(Changed))]
    public void Any_member_that_differs_changes_it(int changed) => Assert.NotEqual(Digest.Compute(), Others[changed].Compute());

    [Fact]
    public void Every_member_is_in_the_table() =>
        Assert.All(typeof(StepDigest).GetProperties(), member => Assert.Contains(Others, other => !Equals(member.GetValue(other), member.GetValue(Digest))));

    [Fact]
    public void It_is_stable_and_64_hexadecimal_digits()
    {
        Assert.Equal("096f5a8222d4e935ab165e4a20435e4ffe7e15c1ce2460b88f47f29eb6153c3a", Digest.Compute());
        Assert.Equal(Digest.Compute(), (Digest with { Environment = new Dictionary<string, string> { ["namespace"] = "shop" } }).Compute());
    }

    [Theory]
    [InlineData("""{"b":1,"a":{"d":null,"c":[2,1]}}""", """{"a":{"c":[2,1]},"b":1}""")]
    [InlineData("""{"B":1,"a":2,"A":3}""", """{"A":3,"B":1,"a":2}""")]
    [InlineData("""[null,{"x":null}]""", """[null,{}]""")]
    [InlineData(""" { "a" : "é<" } """, """{"a":"\u00E9\u003C"}""")]
    [InlineData("null", "null")]
    public void Canonical_json_has_one_order_and_no_white_space(string json, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(CanonicalJson.Bytes(JsonNode.Parse(json))));

    [Fact]
    public void The_hash_is_cut_from_the_front() => Assert.Equal("44136fa355b3678a", CanonicalJson.Hash(new JsonObject(), 16));

    [Fact]
    public void The_revision_of_a_spec_never_changes_by_itself()
    {
        Assert.Equal("6c13dbfe8919b4df", RunbookRevision.Of(Spec("""{"kind":"Deployment","name":"payment"}""")));
        Assert.Equal(RunbookRevision.Of(Spec("""{"kind":"Deployment","name":"payment"}""")), RunbookRevision.Of(Spec("""{"name":"payment","kind":"Deployment"}""")));
        Assert.NotEqual(RunbookRevision.Of(Spec("""{"kind":"Deployment","name":"payment"}""")), RunbookRevision.Of(Spec("""{"kind":"Deployment","name":"web"}""")));
    }

    private static RunbookSpec Spec(string with) => JsonSerializer.Deserialize($$"""
        {"title":"Payment is slow","mode":"Copilot","deadline":"24h","serviceAccountName":"payment-fixer",
         "parameters":[{"name":"namespace","fromLabel":"namespace","default":"payments"}],
         "steps":[{"name":"bounce","uses":"kubernetes/rollout-restart","with":{{with}},"risk":"caution","onFailure":"Stop","timeout":"5m",
                   "when":[{"variable":"namespace","operator":"Exists"}]}]}
        """, ApiJson.Default.RunbookSpec)!;
}
