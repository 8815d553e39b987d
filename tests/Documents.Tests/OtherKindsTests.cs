using System.Text;
using RunbookOperator.Api;

namespace RunbookOperator.Documents.Tests;

public sealed class OtherKindsTests
{
    [Theory]
    [InlineData("RunbookRepository", "{url: 'ftp://x', serviceAccountName: a}", "4:13: error RBK010: spec.url is \"ftp://x\"; it must match ^(https|ssh|file|http)://[^\\s]+$")]
    [InlineData("RunbookRepository", "{url: 'https://x', serviceAccountName: a, ref: {branch: a, tag: b}}", "4:54: error RBK012: give one of branch, tag or commit")]
    [InlineData("RunbookRepository", "{url: 'https://x', serviceAccountName: a, webhook: {type: github, secretRef: {name: b}}}", "4:49: error RBK031: spec.webhook is not acted upon by this version; remove it")]
    [InlineData("RunbookPolicy", "{run: Never}", "4:13: error RBK011: spec.run is \"Never\"; it must be one of Allow, Listed, Deny")]
    [InlineData("RunbookPolicy", "{freeze: []}", "4:8: error RBK006: unknown field \"freeze\" in spec; did you mean \"freezes\"?")]
    [InlineData("RunbookPolicy", "{retention: 90d}", "4:8: error RBK031: spec.retention is not acted upon by this version; remove it")]
    [InlineData("RunbookExecution", "{runbook: {name: a}, trigger: {type: Hand}}", "4:44: error RBK011: spec.trigger.type is \"Hand\"; it must be one of Alert, Manual, Escalation, Child, Rollback, Drill")]
    [InlineData("RunbookApproval", "{execution: {name: a, uid: b}, step: a, attempt: 1, digest: c, decision: Yes}", "4:80: error RBK011: spec.decision is Yes; it must be one of Approve, Reject, Skip, Edit, Retry, MarkDone, Review")]
    [InlineData("Incident", "{key: a, alerts: [{fingerprint: b, startsAt: yesterday}]}", "4:52: error RBK010: spec.alerts[0].startsAt is \"yesterday\"; it must be a time such as 2027-01-31T09:30:00Z")]
    [InlineData("Incident", "{key: a, alerts: [{fingerprint: b, startsAt: 2027-02-30T00:00:00Z}]}", "4:52: error RBK010: spec.alerts[0].startsAt is \"2027-02-30T00:00:00Z\"; it must be a time such as 2027-01-31T09:30:00Z")]
    [InlineData("Incident", "{key: a, alerts: [{fingerprint: b, startsAt: 2027-02-28T00:00:00.5+01:00}]}", null)]
    [InlineData("RunbookSuggestion", "{runbook: a, kind: AddStep, author: rules, evidence: [{kind: Incident, name: a}]}", "4:7: error RBK008: spec has no rationale")]
    public void Another_kind_is_held_against_its_own_schema(string kind, string spec, string? expected)
    {
        var result = Check($"apiVersion: runbooks.dev/v1alpha1\nkind: {kind}\nmetadata: {{name: web}}\nspec: {spec}\n");

        Assert.Equal(expected is null ? "" : $"a.yaml:{expected}", Read.Lines(result.Problems));
        Assert.Equal((expected is null ? 1 : 0, 0), (result.Others, result.Ignored));
    }

    [Theory]
    [InlineData("generateName: web-", "")]
    [InlineData("namespace: a", "a.yaml:3:11: error RBK008: metadata has no name")]
    [InlineData("generateName: _", "a.yaml:3:26: error RBK010: metadata.generateName is \"_\"; it must match ^[a-z0-9][-.a-z0-9]*$")]
    public void The_server_may_name_what_people_make(string metadata, string expected) => Assert.Equal(expected, Read.Lines(Check(
        $"apiVersion: runbooks.dev/v1alpha1\nkind: RunbookExecution\nmetadata: {{{metadata}}}\nspec: {{runbook: {{name: a}}, trigger: {{type: Manual}}}}\n").Problems));

    [Fact]
    public void A_name_is_as_long_as_its_kind_allows()
    {
        Assert.Empty(Named(nameof(RunbookPolicy), Limits.Label).Problems);
        Assert.Contains("metadata.name has 64 characters; the most is 63", Assert.Single(Named(nameof(RunbookPolicy), Limits.Label + 1).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_reads_runbooks_alone_leaves_other_kinds_alone()
    {
        var result = Read.Text("apiVersion: runbooks.dev/v1alpha1\nkind: RunbookPolicy\nspec: {run: Never}\n");

        Assert.Empty(result.Problems);
        Assert.Equal((0, 1), (result.Others, result.Ignored));
    }

    private static DocumentResult Named(string kind, int length) =>
        Check($"apiVersion: runbooks.dev/v1alpha1\nkind: {kind}\nmetadata: {{name: {new string('a', length)}}}\nspec: {{}}\n");

    private static DocumentResult Check(string text) => new RunbookReader { ChecksOtherKinds = true }.Read("a.yaml", Encoding.UTF8.GetBytes(text));
}
