using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Admission;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Operator.Tests.Admission;

public sealed class ExecutionAdmissionTests
{
    private const string Executions = "runbookexecutions";

    [Theory]
    [InlineData("""{"type":"Manual"}""")]
    [InlineData("""{"type":"Manual","user":"morgan"}""")]
    public void A_run_says_who_really_started_it(string trigger)
    {
        var spec = Spec(trigger);
        var stamped = Requests.Patched(spec, Stamper.Mutate(Requests.Create(Executions, spec), Requests.Context));

        Assert.Equal("""{"type":"Manual","user":"riley"}""", stamped["trigger"]!.ToJsonString());
        Assert.True(Stamper.Validate(Requests.Create(Executions, stamped), Requests.Context).Allowed);
        Assert.False(Stamper.Validate(Requests.Create(Executions, stamped, "morgan"), Requests.Context).Allowed);
    }

    [Theory]
    [InlineData("Alert", "")]
    [InlineData("Escalation", ""","parent":"a" """)]
    [InlineData("Child", ""","parent":"a" """)]
    [InlineData("Rollback", ""","parent":"a" """)]
    public void Only_the_operator_starts_a_run_for_an_alert_or_another_run(string type, string parent)
    {
        var spec = Spec($$"""{"type":"{{type}}"{{parent}}}""");

        var verdict = Stamper.Mutate(Requests.Create(Executions, spec), Requests.Context);

        Assert.StartsWith("spec.trigger.type must be Manual or Drill", verdict.Refusal, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, verdict.Code);
        Assert.False(Stamper.Validate(Requests.Create(Executions, spec), Requests.Context).Allowed);
        Assert.Same(AdmissionVerdict.Allow, Stamper.Mutate(Requests.Create(Executions, spec, Requests.Operator), Requests.Context));
        Assert.Same(AdmissionVerdict.Allow, Stamper.Validate(Requests.Create(Executions, spec, Requests.Operator), Requests.Context));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"Manual\"")]
    [InlineData("[]")]
    public void A_trigger_of_another_form_is_left_to_the_schema(string trigger) =>
        Assert.Same(AdmissionVerdict.Allow, Stamper.Mutate(Requests.Create(Executions, Spec(trigger)), Requests.Context));

    [Theory]
    [InlineData("runbook", """{"name":"other"}""", "riley")]
    [InlineData("trigger", """{"type":"Manual","user":"morgan"}""", "riley")]
    [InlineData("mode", "\"Autopilot\"", "riley")]
    [InlineData("parameters", """{"namespace":"prod"}""", "riley")]
    [InlineData("parameters", "null", "riley")]
    [InlineData("incident", "\"payment-1\"", "riley")]
    [InlineData("mode", "\"Autopilot\"", Requests.Operator)]
    public void Nothing_but_the_desired_state_changes(string field, string value, string user)
    {
        var old = Spec("""{"type":"Manual","user":"riley"}""");
        var changed = old.DeepClone();
        changed[field] = JsonNode.Parse(value);

        var request = Requests.Update(Executions, old, changed, user);

        Assert.StartsWith($"spec.{field}: only desiredState may change", Stamper.Validate(request, Requests.Context).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_drill_is_a_persons_and_a_dry_run()
    {
        var spec = Spec("""{"type":"Drill"}""");
        var stamped = Requests.Patched(spec, Stamper.Mutate(Requests.Create(Executions, spec), Requests.Context));
        Assert.StartsWith("spec: a drill is a dry run", Stamper.Validate(Requests.Create(Executions, stamped), Requests.Context).Refusal, StringComparison.Ordinal);

        stamped["dryRun"] = true;
        Assert.True(Stamper.Validate(Requests.Create(Executions, stamped), Requests.Context).Allowed);
    }

    [Theory]
    [InlineData("Aborted")]
    [InlineData("Paused")]
    [InlineData("RolledBack")]
    public void Whoever_wants_a_run_otherwise_is_written_down(string desired)
    {
        var request = Update("Running", null, desired, null);

        var patch = Stamper.Mutate(request, Requests.Context).Patch!;

        Assert.Equal("""{"op":"add","path":"/metadata/annotations/runbooks.dev~1desired-by","value":"riley"}""", patch[^1]!.ToJsonString());
        Assert.True(Stamper.Validate(Update("Running", null, desired, "riley"), Requests.Context).Allowed);
        Assert.StartsWith(
            "leave the annotation runbooks.dev/desired-by out", Stamper.Validate(Update("Running", null, desired, "morgan"), Requests.Context).Refusal, StringComparison.Ordinal);
        Assert.Same(AdmissionVerdict.Allow, Stamper.Mutate(request with { UserInfo = request.UserInfo with { Username = Requests.Operator } }, Requests.Context));
    }

    [Fact]
    public void Whoever_asks_for_a_rollback_of_what_is_over_is_written_down()
    {
        var request = Update("Running", null, "Running", null, rollback: "now");

        Assert.Equal("riley", (string?)Stamper.Mutate(request, Requests.Context).Patch![^1]!["value"]);
        Assert.False(Stamper.Validate(request, Requests.Context).Allowed);
        Assert.True(Stamper.Validate(Update("Running", null, "Running", "riley", rollback: "now"), Requests.Context).Allowed);
    }

    [Fact]
    public void What_is_written_of_who_wanted_it_stays_as_it_is()
    {
        Assert.Same(AdmissionVerdict.Allow, Stamper.Mutate(Update("Paused", "morgan", "Paused", "morgan"), Requests.Context));
        Assert.True(Stamper.Validate(Update("Paused", "morgan", "Paused", "morgan"), Requests.Context).Allowed);
        Assert.False(Stamper.Validate(Update("Paused", "morgan", "Paused", "riley"), Requests.Context).Allowed);
        Assert.False(Stamper.Validate(Update("Paused", "morgan", "Paused", null), Requests.Context).Allowed);
    }

    [Theory]
    [InlineData("RolledBack", "Running", "spec: a run that goes back does not turn again: it can be paused or aborted")]
    [InlineData("RolledBack", "Paused", null)]
    [InlineData("RolledBack", "Aborted", null)]
    [InlineData("Aborted", "RolledBack", "spec: a run that was aborted stays so; start a new execution instead")]
    public void A_run_that_goes_back_does_not_turn_again(string before, string after, string? refusal) =>
        Assert.Equal(refusal, Stamper.Validate(Update(before, "riley", after, "riley"), Requests.Context).Refusal);

    [Fact]
    public void Status_and_other_kinds_are_not_looked_at()
    {
        var spec = Spec("""{"type":"Alert"}""");

        Assert.True(Stamper.Mutate(Requests.Create(Executions, spec) with { SubResource = "status" }, Requests.Context).Allowed);
        Assert.True(Stamper.Mutate(Requests.Create("runbooks", spec), Requests.Context).Allowed);
        Assert.True(Stamper.Mutate(Requests.Create(Executions, spec) with { Operation = "DELETE" }, Requests.Context).Allowed);
    }

    private static JsonObject Spec(string trigger) => new()
    {
        ["runbook"] = new JsonObject { ["name"] = "payment-latency" },
        ["trigger"] = JsonNode.Parse(trigger),
        ["mode"] = "Copilot",
        ["parameters"] = new JsonObject { ["namespace"] = "payments" },
        ["desiredState"] = "Running",
    };

    private static AdmissionRequest Update(string before, string? by, string after, string? nowBy, string? rollback = null)
    {
        var request = Requests.Update(Executions, Desired(before), Desired(after));
        return request with { OldObject = Whole(Desired(before), by, null), Object = Whole(Desired(after), nowBy, rollback) };
    }

    private static JsonObject Desired(string state)
    {
        var spec = Spec("""{"type":"Manual","user":"riley"}""");
        spec["desiredState"] = state;
        return spec;
    }

    private static JsonElement Whole(JsonObject spec, string? by, string? rollback) => JsonSerializer.SerializeToElement(new JsonObject
    {
        ["metadata"] = new JsonObject
        {
            ["annotations"] = new JsonObject { ["runbooks.dev/desired-by"] = by, ["runbooks.dev/rollback"] = rollback },
        },
        ["spec"] = spec,
    });
}
