using System.Net;
using System.Text.Json.Nodes;
using RunbookOperator.Admission;

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
    [InlineData("dryRun", "true", "spec.dryRun is not acted upon by this version; remove it")]
    [InlineData("desiredState", "\"RolledBack\"", "spec.desiredState: RolledBack is not acted upon by this version; give another value")]
    public void What_is_not_acted_upon_is_refused_and_keeps_nobody_from_pausing_what_has_it(string field, string value, string message)
    {
        var spec = Spec("""{"type":"Manual","user":"riley"}""");
        spec[field] = JsonNode.Parse(value);
        var paused = spec.DeepClone();
        paused["desiredState"] = "Paused";

        Assert.Equal(message, Stamper.Validate(Requests.Create(Executions, spec), Requests.Context).Refusal);
        Assert.True(Stamper.Validate(Requests.Update(Executions, spec, paused), Requests.Context).Allowed);
    }

    [Fact]
    public void Only_the_operator_starts_a_run_for_an_alert()
    {
        var spec = Spec("""{"type":"Alert"}""");

        var verdict = Stamper.Mutate(Requests.Create(Executions, spec), Requests.Context);

        Assert.StartsWith("spec.trigger.type must be Manual", verdict.Refusal, StringComparison.Ordinal);
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
    public void The_desired_state_changes()
    {
        var old = Spec("""{"type":"Alert"}""");
        var changed = old.DeepClone();
        changed["desiredState"] = "Aborted";

        Assert.Same(AdmissionVerdict.Allow, Stamper.Mutate(Requests.Update(Executions, old, changed), Requests.Context));
        Assert.Same(AdmissionVerdict.Allow, Stamper.Validate(Requests.Update(Executions, old, changed), Requests.Context));
    }

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
}
