using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions.Tests;

public sealed class VerdictTests
{
    private static readonly ActionTarget Target = Resources.Target(
        Pod.Definition, new NamespacedName("shop", "web"), JsonNode.Parse("""{"metadata": {"uid": "u1", "resourceVersion": "7"}}""")!.AsObject(), "Cannot be undone.");

    [Theory]
    [InlineData("u1", "null", nameof(Remains.All))]
    [InlineData("u1", "\"2026-01-01T00:00:00Z\"", nameof(Remains.Ending))]
    [InlineData("u2", "null", nameof(Remains.Another))]
    public void What_is_left_is_told_by_the_uid(string uid, string deletion, string expected) => Assert.Equal(
        expected, DeleteVerdict.See(JsonNode.Parse($$"""{"metadata": {"uid": "{{uid}}", "deletionTimestamp": {{deletion}} } }""")!.AsObject(), Target).ToString());

    // In this order: Conflict Refused Busy Unclear.
    [Theory]
    [InlineData(nameof(Remains.Nothing), false, "Succeeded Succeeded Succeeded Succeeded")]
    [InlineData(nameof(Remains.Another), false, "Succeeded Succeeded Succeeded Succeeded")]
    [InlineData(nameof(Remains.Ending), false, "again Failed Failed Succeeded")]
    [InlineData(nameof(Remains.All), false, "again Failed Failed again")]
    [InlineData(nameof(Remains.Hidden), false, "again Failed Failed again")]
    [InlineData(nameof(Remains.All), true, "Failed Failed Failed Unknown")]
    [InlineData(nameof(Remains.Hidden), true, "Unknown Failed Failed Unknown")]
    public void A_deletion_is_done_when_the_object_is_gone(string remains, bool last, string expected) =>
        Assert.Equal(expected, All(failure => DeleteVerdict.Of(failure, Enum.Parse<Remains>(remains), Target, "done", last)));

    [Theory]
    [InlineData(nameof(Creation.Ours), false, "Succeeded Succeeded Succeeded Succeeded")]
    [InlineData(nameof(Creation.Taken), false, "Moved Failed again Moved")]
    [InlineData(nameof(Creation.Missing), false, "again Failed again again")]
    [InlineData(nameof(Creation.Hidden), false, "again Failed again again")]
    [InlineData(nameof(Creation.Missing), true, "Failed Failed Failed Unknown")]
    public void What_is_there_by_the_attempt_is_made(string creation, bool last, string expected) =>
        Assert.Equal(expected, All(failure => GuardedCreate.Verdict(failure, Enum.Parse<Creation>(creation), Target, "done", last)));

    [Theory]
    [InlineData(nameof(Creation.Ours), "Succeeded")]
    [InlineData(nameof(Creation.Taken), "Moved")]
    [InlineData(nameof(Creation.Missing), "Unknown")]
    [InlineData(nameof(Creation.Hidden), "Unknown")]
    public void A_name_that_is_taken_is_ours_or_not(string creation, string expected) =>
        Assert.Equal(expected, Name(GuardedCreate.Verdict(null, Enum.Parse<Creation>(creation), Target, "done", last: true)));

    [Theory]
    [InlineData(nameof(Sighting.Ours), "Unknown Unknown Unknown Unknown")]
    [InlineData(nameof(Sighting.Same), "again Failed again again")]
    [InlineData(nameof(Sighting.Changed), "Moved Failed again Moved")]
    [InlineData(nameof(Sighting.Gone), "Failed Failed Failed Failed")]
    public void A_mark_that_is_there_without_an_answer_runs_no_command(string sighting, string expected) =>
        Assert.Equal(expected, All(failure => ExecVerdict.OfMark(failure, Enum.Parse<Sighting>(sighting), Target, last: false)));

    [Fact]
    public void A_command_whose_end_was_not_told_may_have_run()
    {
        Assert.Equal("Unknown Failed Unknown Unknown", All(ExecVerdict.Of));
        Assert.IsType<ActionOutcome.Succeeded>(ExecVerdict.Of(new ExecResult(0, false), "x"));
        Assert.Equal(new ActionOutcome.Failed("the command ended with exit code 2", "x\n(there was more)\n"), ExecVerdict.Of(new ExecResult(2, true), "x"));
    }

    private static string All(Func<ApiFailure, ActionOutcome?> decide)
    {
        FailureKind[] kinds = [FailureKind.Conflict, FailureKind.Refused, FailureKind.Busy, FailureKind.Unclear];
        return string.Join(' ', kinds.Select(kind => Name(decide(new ApiFailure(kind, "why")))));
    }

    private static string Name(ActionOutcome? outcome) => outcome?.GetType().Name ?? "again";
}
