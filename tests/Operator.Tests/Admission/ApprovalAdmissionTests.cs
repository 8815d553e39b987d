using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Admission;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Operator.Tests.Admission;

public sealed class ApprovalAdmissionTests
{
    private const string Approvals = "runbookapprovals";

    [Fact]
    public void A_decision_is_stamped_with_the_login_and_sealed()
    {
        var stamped = Stamped("riley");

        var user = stamped["user"]!;
        Assert.Equal("riley", (string?)user["username"]);
        Assert.Equal("u-riley", (string?)user["uid"]);
        Assert.Equal("""["sre","system:authenticated"]""", user["groups"]!.ToJsonString());
        Assert.Equal("2026-03-01T02:30:15Z", (string?)user["at"]);
        Assert.True(ApprovalSeal.IsValid(Requests.Keys, Requests.Namespace, stamped.Deserialize<RunbookApprovalSpec>(KubernetesJson.Options)!));
        Assert.True(Validate(stamped, "riley").Allowed);
    }

    [Fact]
    public void Nothing_but_the_stamp_is_written()
    {
        var stamped = Stamped("riley");
        stamped.Remove("user");

        Assert.Equal(Spec().ToJsonString(), stamped.ToJsonString());
    }

    [Fact]
    public void A_stamp_that_somebody_made_up_is_refused_and_says_what_to_do()
    {
        var forged = Spec();
        forged["user"] = new JsonObject { ["username"] = "morgan", ["at"] = "2026-03-01T02:30:15Z", ["seal"] = new string('0', 64) };

        var verdict = Mutate(forged, "riley");

        Assert.Equal("leave spec.user out: it is written from your login", verdict.Refusal);
        Assert.Equal(HttpStatusCode.Forbidden, verdict.Code);
        Assert.False(Validate(forged, "riley").Allowed);
        Assert.False(Validate(forged, "morgan").Allowed);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("\"morgan\"")]
    [InlineData("[]")]
    public void A_stamp_of_another_form_is_refused(string user)
    {
        var forged = Spec();
        forged["user"] = JsonNode.Parse(user);

        Assert.False(Mutate(forged, "riley").Allowed);
        Assert.False(Validate(forged, "riley").Allowed);
    }

    [Fact]
    public void A_stamp_copied_from_another_decision_is_refused()
    {
        var copied = Spec();
        copied["step"] = "failover";
        copied["user"] = Stamped("morgan")["user"]!.DeepClone();

        Assert.False(Mutate(copied, "riley").Allowed);
        Assert.False(Validate(copied, "riley").Allowed);
        Assert.False(Stamper.Mutate(Requests.Create(Approvals, copied), Requests.Context with { MayImpersonate = true }).Allowed);
    }

    [Fact]
    public void A_right_stamp_of_somebody_else_is_taken_only_from_who_may_impersonate()
    {
        var restored = Requests.Create(Approvals, Stamped("morgan"), "backup");
        var mayImpersonate = Requests.Context with { MayImpersonate = true };

        Assert.True(Stamper.DependsOnImpersonation(restored, Requests.Context));
        Assert.Contains("may impersonate all users and groups", Stamper.Mutate(restored, Requests.Context).Refusal, StringComparison.Ordinal);
        Assert.False(Stamper.Validate(restored, Requests.Context).Allowed);
        Assert.True(Stamper.Mutate(restored, mayImpersonate).Allowed);
        Assert.Null(Stamper.Mutate(restored, mayImpersonate).Patch);
        Assert.True(Stamper.Validate(restored, mayImpersonate).Allowed);
    }

    [Fact]
    public void A_second_look_leaves_the_own_stamp_as_it_is()
    {
        var again = Requests.Create(Approvals, Stamped("riley"));

        Assert.False(Stamper.DependsOnImpersonation(again, Requests.Context));
        Assert.True(Stamper.Mutate(again, Requests.Context).Allowed);
        Assert.Null(Stamper.Mutate(again, Requests.Context).Patch);
    }

    [Fact]
    public void More_groups_in_a_right_stamp_than_in_the_login_are_refused()
    {
        // What somebody gets sealed who calls the webhook with a request of their own making.
        var request = Requests.Create(Approvals, Spec());
        var invented = request with { UserInfo = request.UserInfo with { Groups = ["system:masters"] } };
        var stamped = Requests.Patched(Spec(), Stamper.Mutate(invented, Requests.Context));

        Assert.False(Mutate(stamped, "riley").Allowed);
        Assert.False(Validate(stamped, "riley").Allowed);
    }

    [Fact]
    public void A_decision_without_a_stamp_does_not_pass_the_second_half() => Assert.False(Validate(Spec(), "riley").Allowed);

    [Fact]
    public void A_decision_is_never_changed()
    {
        var stamped = Stamped("riley");
        var changed = stamped.DeepClone();
        changed["decision"] = "Skip";

        var verdict = Stamper.Validate(Requests.Update(Approvals, stamped, changed), Requests.Context);

        Assert.Equal("spec: a decision is never changed; make another", verdict.Refusal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, verdict.Code);
        Assert.False(Stamper.Validate(Requests.Update(Approvals, stamped, changed, Requests.Operator), Requests.Context).Allowed);
        Assert.True(Stamper.Mutate(Requests.Update(Approvals, stamped, stamped), Requests.Context).Allowed);
        Assert.True(Stamper.Validate(Requests.Update(Approvals, stamped, stamped), Requests.Context).Allowed);
    }

    [Fact]
    public void What_breaks_the_schema_is_left_to_the_schema()
    {
        var incomplete = Spec();
        incomplete.Remove("step");

        Assert.True(Mutate(incomplete, "riley").Allowed);
        Assert.Null(Mutate(incomplete, "riley").Patch);
        Assert.False(Validate(incomplete, "riley").Allowed);
    }

    [Fact]
    public void Groups_beyond_the_bound_are_left_out_and_further_attributes_are_refused()
    {
        var request = Requests.Create(Approvals, Spec());
        var manyGroups = request.UserInfo with { Groups = [.. Enumerable.Range(0, 300).Select(i => $"g{i}"), new string('g', 300)] };
        var manyAttributes = request.UserInfo with { Extra = Enumerable.Range(0, 51).ToDictionary(i => $"k{i}", _ => new List<string>()) };

        var stamped = Requests.Patched(Spec(), Stamper.Mutate(request with { UserInfo = manyGroups }, Requests.Context));
        Assert.Equal(Limits.UserGroups, stamped["user"]!["groups"]!.AsArray().Count);
        Assert.True(Stamper.Validate(Requests.Create(Approvals, stamped) with { UserInfo = manyGroups }, Requests.Context).Allowed);
        Assert.Contains("attributes", Stamper.Mutate(request with { UserInfo = manyAttributes }, Requests.Context).Refusal, StringComparison.Ordinal);
        Assert.False(Mutate(Spec(), "").Allowed);
        Assert.False(Mutate(Spec(), new string('u', Limits.Line + 1)).Allowed);
    }

    private static JsonObject Spec() => new()
    {
        ["execution"] = new JsonObject { ["name"] = "payment-latency-5c1f", ["uid"] = "0d9a" },
        ["step"] = "bounce",
        ["attempt"] = 1,
        ["decision"] = "Approve",
        ["digest"] = "aa00",
        ["reason"] = "known, see 2026-02-11",
    };

    private static AdmissionVerdict Mutate(JsonObject spec, string user) => Stamper.Mutate(Requests.Create(Approvals, spec, user), Requests.Context);

    private static AdmissionVerdict Validate(JsonObject spec, string user) => Stamper.Validate(Requests.Create(Approvals, spec, user), Requests.Context);

    private static JsonObject Stamped(string user) => Requests.Patched(Spec(), Mutate(Spec(), user));
}
