using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.Kubernetes;
using RunbookOperator.Risk;

namespace RunbookOperator.Tests.Executions;

/// <summary>Steps that are runs of other runbooks.</summary>
public sealed class PlannerChildTests
{
    private static readonly RunbookStep Child = new() { Name = "child", Runbook = "other" };

    [Fact]
    public void A_child_run_is_not_timed_by_its_step()
    {
        var story = new Story(Child);
        story.Ends["child"] = _ => null;
        story.Go().Later(TimeSpan.FromHours(23)).Go();
        Assert.Equal(StepState.Running, story.Step("child").State);

        story.Later(TimeSpan.FromHours(1)).Go();
        Assert.Equal((Reasons.DeadlineExceeded, StepState.Unknown, "child"), (story.Status.Conditions![0].Reason, story.Step("child").State, string.Join(' ', story.Aborted)));
    }

    [Fact]
    public void A_run_that_a_person_ends_tells_its_child_once_and_waits_for_its_end()
    {
        var (story, told, over) = (new Story(Child), false, false);
        story.Ends["child"] = _ => null;
        story.Go().Spec = story.Spec with { DesiredState = DesiredState.Aborted };
        story.Ends["child"] = attempt =>
        {
            var stopping = told;
            told = true;
            return over ? Story.Failure("child", attempt) : new StepEvidence.Ongoing { Step = "child", Attempt = attempt, Stopping = stopping };
        };
        story.Go();
        Assert.Equal(("child", ExecutionPhase.Running), (string.Join(' ', story.Aborted), story.Status.Phase));
        over = true;
        Assert.Equal(ExecutionPhase.Aborted, story.Go().Status.Phase);
    }

    [Fact]
    public void A_child_that_was_recorded_and_not_made_is_made_by_the_next_leader()
    {
        var story = new Story(Child);
        story.Risks["child"] = RiskLevel.Caution;
        story.Ends["child"] = _ => null;
        story.Go().Decide("child", "riley", ApprovalDecision.Approve).Go();
        story.Forgotten.Add("child/1");
        story.Go();
        Assert.Equal(["child/1", "child/1"], story.Acted);
    }

    public static TheoryData<string, RunbookExecution?, Type, string?> Seen => new()
    {
        { "it is not there", null, typeof(StepEvidence.NotStarted), null },
        { "somebody else made it", Run(null, ExecutionPhase.Running), typeof(StepEvidence.Unknown), "that this one did not make" },
        { "it goes on", Run("uid-1", ExecutionPhase.WaitingForApproval), typeof(StepEvidence.Ongoing), "is WaitingForApproval" },
        { "it was deleted", Run("uid-1", ExecutionPhase.Running, deleted: true), typeof(StepEvidence.Unknown), "was deleted" },
        { "it succeeded, and is deleted by now", Run("uid-1", ExecutionPhase.Succeeded, deleted: true), typeof(StepEvidence.Ended), "succeeded" },
        { "it failed", Run("uid-1", ExecutionPhase.Failed), typeof(StepEvidence.Ended), "ended as Failed: so it is" },
        { "another run goes on", Run("uid-1", ExecutionPhase.Escalated), typeof(StepEvidence.Ended), "ended as Escalated: so it is" },
    };

    [Theory]
    [MemberData(nameof(Seen))]
    public void What_a_child_run_says_of_its_step(string what, RunbookExecution? child, Type evidence, string? words)
    {
        var seen = ChildObservation.Of(Child with { Outputs = [new StepOutput { Name = "x", JsonPath = "{.word}" }] }, 1, new Story(Child).Execution, child, new Redactor());
        Assert.True(evidence.IsInstanceOfType(seen), what);
        var message = seen switch { StepEvidence.Ended ended => ended.Message, StepEvidence.Ongoing ongoing => ongoing.Message, StepEvidence.Unknown unknown => unknown.Message, _ => null };
        Assert.Contains(words ?? "", message ?? "", StringComparison.Ordinal);
        Assert.Equal(child?.Status?.Phase == ExecutionPhase.Succeeded ? "hello" : null, (seen as StepEvidence.Ended)?.Output.Variables.GetValueOrDefault("x"));
    }

    [Theory]
    [InlineData("a", "b", null)]
    [InlineData("c,b,a", "d", null)]
    [InlineData("d,c,b,a", "e", "3 runs follow one another already")]
    [InlineData("a", "a", "a run of a is in this line already")]
    [InlineData("b,a", "a", "a run of a is in this line already")]
    public void A_line_of_runs_is_short_and_goes_round_in_no_circle(string line, string next, string? objection)
    {
        var said = Lineage.Objection(line.Split(','), next);
        Assert.Equal(objection is null, said is null);
        Assert.StartsWith(objection ?? "", said ?? "", StringComparison.Ordinal);
    }

    private static RunbookExecution Run(string? owner, string phase, bool deleted = false) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = "other-1",
            DeletionTimestamp = deleted ? DateTimeOffset.UnixEpoch : null,
            OwnerReferences = owner is null ? null : [new OwnerReference { ApiVersion = Names.ApiVersion, Kind = nameof(RunbookExecution), Name = "x", Uid = owner, Controller = true }],
        },
        Spec = new RunbookExecutionSpec { Runbook = new ExecutionRunbook { Name = "other" }, Trigger = new ExecutionTrigger { Type = TriggerType.Child } },
        Status = new RunbookExecutionStatus
        {
            Phase = phase,
            Variables = new() { ["word"] = "hello" },
            Conditions = [new Condition { Type = ConditionTypes.Succeeded, Status = ConditionStatus.Unknown, Reason = "x", Message = "so it is", LastTransitionTime = default }],
        },
    };
}
