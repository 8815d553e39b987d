using RunbookOperator.Admission;
using RunbookOperator.Api;

namespace RunbookOperator.Operator.Tests.Admission;

public sealed class ApprovalSealTests
{
    private static readonly ApprovalUser User = new()
    {
        Username = "riley",
        Uid = "u-1",
        Groups = ["sre"],
        Extra = new Dictionary<string, List<string>> { ["scopes"] = ["full"] },
        At = Requests.Now,
        Seal = "",
    };

    private static readonly RunbookApprovalSpec Spec = new()
    {
        Execution = new ApprovalExecution { Name = "payment-latency-5c1f", Uid = "0d9a" },
        Step = "bounce",
        Attempt = 1,
        Decision = ApprovalDecision.Approve,
        Digest = "aa00",
        Confirm = "payments-db",
        Reason = "known issue",
        User = User,
    };

    private static readonly (string Field, Func<RunbookApprovalSpec, RunbookApprovalSpec> Change)[] Changes =
    [
        ("execution.name", spec => spec with { Execution = spec.Execution with { Name = "other" } }),
        ("execution.uid", spec => spec with { Execution = spec.Execution with { Uid = "0d9b" } }),
        ("step", spec => spec with { Step = "failover" }),
        ("attempt", spec => spec with { Attempt = 2 }),
        ("undo", spec => spec with { Undo = true }),
        ("edit", spec => spec with { Edit = new ApprovalEdit { Run = "true" } }),
        ("breakGlass", spec => spec with { BreakGlass = true }),
        ("decision", spec => spec with { Decision = ApprovalDecision.Skip }),
        ("digest", spec => spec with { Digest = "aa01" }),
        ("confirm", spec => spec with { Confirm = null }),
        ("reason", spec => spec with { Reason = "" }),
        ("user.username", spec => spec with { User = spec.User! with { Username = "morgan" } }),
        ("user.uid", spec => spec with { User = spec.User! with { Uid = null } }),
        ("user.groups", spec => spec with { User = spec.User! with { Groups = ["sre", "admins"] } }),
        ("user.extra", spec => spec with { User = spec.User! with { Extra = null } }),
        ("user.via", spec => spec with { User = spec.User! with { Via = "slack" } }),
        ("user.at", spec => spec with { User = spec.User! with { At = Requests.Now.AddSeconds(1) } }),
        ("user.seal", spec => spec with { User = spec.User! with { Seal = new string('0', 64) } }),
    ];

    public static TheoryData<string> Fields => [.. Changes.Select(change => change.Field)];

    [Fact]
    public void A_sealed_decision_is_valid_in_its_namespace_alone()
    {
        var spec = Seal(Spec);

        Assert.True(ApprovalSeal.IsValid(Requests.Keys, Requests.Namespace, spec));
        Assert.False(ApprovalSeal.IsValid(Requests.Keys, "bank", spec));
        Assert.False(ApprovalSeal.IsValid(new HmacKeys(new byte[32]), Requests.Namespace, spec));
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_change_of_any_field_breaks_the_seal(string field) =>
        Assert.False(ApprovalSeal.IsValid(Requests.Keys, Requests.Namespace, Changes.Single(change => change.Field == field).Change(Seal(Spec))));

    [Fact]
    public void Every_field_is_in_the_table()
    {
        var specs = typeof(RunbookApprovalSpec).GetProperties().Select(field => Camel(field.Name));
        var users = typeof(ApprovalUser).GetProperties().Select(field => "user." + Camel(field.Name));

        Assert.All(specs.Concat(users), field => Assert.Contains(Changes, change => (change.Field + ".").StartsWith(field + ".", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_decision_without_an_author_is_not_valid() =>
        Assert.False(ApprovalSeal.IsValid(Requests.Keys, Requests.Namespace, Spec with { User = null }));

    private static RunbookApprovalSpec Seal(RunbookApprovalSpec spec) =>
        spec with { User = User with { Seal = ApprovalSeal.Compute(Requests.Keys, Requests.Namespace, spec) } };

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
