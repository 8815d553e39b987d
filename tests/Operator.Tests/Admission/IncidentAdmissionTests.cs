using System.Text.Json.Nodes;
using RunbookOperator.Admission;

namespace RunbookOperator.Operator.Tests.Admission;

public sealed class IncidentAdmissionTests
{
    private const string Incidents = "incidents";
    private const string First = """{"text":"p99 is up","user":"morgan","at":"2026-03-01T02:00:00Z"}""";
    private const string Stamp = "\"user\":\"riley\",\"at\":\"2026-03-01T02:30:15Z\"";

    [Theory]
    [InlineData("""{"text":"restarted the pool","command":"kubectl rollout restart deployment/payment"}""")]
    [InlineData("""{"text":"restarted the pool","command":"kubectl rollout restart deployment/payment","user":"morgan","at":"2020-01-01T00:00:00Z"}""")]
    public void A_new_note_is_stamped_whatever_it_says_of_itself(string note)
    {
        var stamped = Added($"[{First},{note}]");

        Assert.Equal(
            $$"""[{{First}},{"text":"restarted the pool","command":"kubectl rollout restart deployment/payment",{{Stamp}}}]""",
            stamped["notes"]!.ToJsonString());
        Assert.True(Stamper.Validate(Requests.Update(Incidents, Spec($"[{First}]"), stamped), Requests.Context).Allowed);
        Assert.False(Stamper.Validate(Requests.Update(Incidents, Spec($"[{First}]"), stamped, "morgan"), Requests.Context).Allowed);
    }

    [Fact]
    public void A_new_note_without_a_stamp_does_not_pass_the_second_half() =>
        Assert.False(Stamper.Validate(Requests.Update(Incidents, Spec($"[{First}]"), Spec($$"""[{{First}},{"text":"x"}]""")), Requests.Context).Allowed);

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""[{"text":"all is well","user":"morgan","at":"2026-03-01T02:00:00Z"}]""")]
    [InlineData("""[{"text":"p99 is up","user":"riley","at":"2026-03-01T02:00:00Z"}]""")]
    [InlineData("""[{"text":"new"},{"text":"p99 is up","user":"morgan","at":"2026-03-01T02:00:00Z"}]""")]
    [InlineData("\"p99 is up\"")]
    public void Notes_that_are_there_stay_as_they_are(string notes)
    {
        var request = Requests.Update(Incidents, Spec($"[{First}]"), Spec(notes));

        Assert.StartsWith("notes are only added", Stamper.Mutate(request, Requests.Context).Refusal, StringComparison.Ordinal);
        Assert.False(Stamper.Validate(request, Requests.Context).Allowed);
    }

    [Theory]
    [InlineData("alerts", "[]")]
    [InlineData("alertCount", "0")]
    [InlineData("key", "\"other\"")]
    [InlineData("service", "\"other\"")]
    [InlineData("service", "null")]
    public void What_the_operator_writes_people_do_not_change(string field, string value)
    {
        var (old, changed) = (Spec($"[{First}]"), Spec($"[{First}]"));
        changed[field] = JsonNode.Parse(value);

        var byPerson = Requests.Update(Incidents, old, changed);
        var byOperator = Requests.Update(Incidents, old, changed, Requests.Operator);

        Assert.StartsWith($"spec.{field} is the operator's to write", Stamper.Mutate(byPerson, Requests.Context).Refusal, StringComparison.Ordinal);
        Assert.False(Stamper.Validate(byPerson, Requests.Context).Allowed);
        Assert.Same(AdmissionVerdict.Allow, Stamper.Mutate(byOperator, Requests.Context));
        Assert.Same(AdmissionVerdict.Allow, Stamper.Validate(byOperator, Requests.Context));
    }

    [Theory]
    [InlineData("title", "\"Payment is slow\"")]
    [InlineData("severity", "\"critical\"")]
    [InlineData("assignee", "\"riley\"")]
    [InlineData("acknowledged", "true")]
    public void What_people_say_they_may_change(string field, string value)
    {
        var (old, changed) = (Spec($"[{First}]"), Spec($"[{First}]"));
        changed[field] = JsonNode.Parse(value);

        Assert.Same(AdmissionVerdict.Allow, Stamper.Mutate(Requests.Update(Incidents, old, changed), Requests.Context));
        Assert.Same(AdmissionVerdict.Allow, Stamper.Validate(Requests.Update(Incidents, old, changed), Requests.Context));
    }

    [Fact]
    public void Only_the_operator_makes_incidents()
    {
        Assert.StartsWith("the operator alone makes incidents", Stamper.Mutate(Requests.Create(Incidents, Spec("null")), Requests.Context).Refusal, StringComparison.Ordinal);
        Assert.False(Stamper.Validate(Requests.Create(Incidents, Spec("null")), Requests.Context).Allowed);
        Assert.True(Stamper.Mutate(Requests.Create(Incidents, Spec("null"), Requests.Operator), Requests.Context).Allowed);
    }

    private static JsonObject Added(string notes) => Requests.Patched(
        Spec(notes), Stamper.Mutate(Requests.Update(Incidents, Spec($"[{First}]"), Spec(notes)), Requests.Context));

    private static JsonObject Spec(string notes) => new()
    {
        ["key"] = "payment/shop",
        ["service"] = "payment",
        ["alerts"] = new JsonArray(new JsonObject { ["fingerprint"] = "1a2b" }),
        ["alertCount"] = 1,
        ["notes"] = JsonNode.Parse(notes),
    };
}
