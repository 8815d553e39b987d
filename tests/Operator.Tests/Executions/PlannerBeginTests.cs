using RunbookOperator.Api;
using RunbookOperator.Executions;

namespace RunbookOperator.Tests.Executions;

/// <summary>What a run waits for before it begins.</summary>
public sealed class PlannerBeginTests
{
    private static readonly RunbookStep Look = new() { Name = "look", Run = "x" };

    [Fact]
    public void A_run_of_an_alert_that_lacks_values_waits_and_says_how_they_are_given()
    {
        var story = Lacking();
        story.Go();

        Assert.Equal((ExecutionPhase.Pending, Reasons.MissingParameter, null), (story.Status.Phase, story.Status.Conditions![0].Reason, story.Status.StartedAt));
        Assert.Equal("waits for ns, pod: kubectl runbook start shop-slow --incident shop-1 -p ns=VALUE -p pod=VALUE", story.Status.Conditions[0].Message);
        var writes = story.Writes;
        story.Later(TimeSpan.FromMinutes(1)).Go();
        Assert.Equal((writes, 0), (story.Writes, story.Acted.Count));
    }

    [Fact]
    public void The_run_that_a_person_starts_with_them_takes_its_place()
    {
        var story = Lacking();
        story.Go().TakenOverBy = "shop-slow-1a2b3c4d";
        story.Go();
        Assert.Equal((ExecutionPhase.Aborted, Reasons.TakenOver), (story.Status.Phase, story.Status.Conditions![0].Reason));
    }

    [Fact]
    public void A_run_that_waits_for_values_ends_by_its_deadline_and_when_a_person_ends_it()
    {
        var story = Lacking();
        story.Go().Later(TimeSpan.FromHours(24)).Go();
        Assert.Equal((ExecutionPhase.Failed, Reasons.DeadlineExceeded), (story.Status.Phase, story.Status.Conditions![0].Reason));

        var aborted = Lacking();
        aborted.Go().Spec = aborted.Spec with { DesiredState = DesiredState.Aborted };
        Assert.True(ExecutionPhase.IsFinal(aborted.Go().Status.Phase));
        Assert.Empty(aborted.Acted);
    }

    [Fact]
    public void A_prerequisite_that_does_not_hold_makes_the_run_wait_until_it_does()
    {
        var story = new Story(Look);
        story.Runbook = story.Runbook with { Prerequisites = [new RunbookPrerequisite { Text = "pods", Can = new AccessQuestion { Verb = "get", Resource = "pods" } }] };
        story.Unmet.Add("pods: the service account runbook-reader may not get pods in shop");
        story.Go();
        Assert.Equal((ExecutionPhase.Pending, Reasons.PrerequisiteFailed, story.Unmet[0]), (story.Status.Phase, story.Status.Conditions![0].Reason, story.Status.Conditions[0].Message));
        Assert.Equal(Defaults.AskAgain, (story.Last as Request.Wait)!.After);

        story.Unmet.Clear();
        Assert.Equal(ExecutionPhase.Succeeded, story.Later(Defaults.AskAgain).Go().Status.Phase);
    }

    [Theory]
    [InlineData(RunbookMode.ReadAlong, true)]
    [InlineData(RunbookMode.Copilot, false)]
    public void What_no_account_is_used_for_is_not_asked(RunbookMode mode, bool waits)
    {
        var story = new Story(Look);
        story.Runbook = story.Runbook with
        {
            Mode = mode,
            Prerequisites = mode == RunbookMode.ReadAlong ? [new RunbookPrerequisite { Text = "x", Can = new AccessQuestion { Verb = "get", Resource = "pods" } }] : [new RunbookPrerequisite { Text = "look" }],
        };
        story.Unmet.Add("no");
        story.Go();
        Assert.Equal(waits ? ExecutionPhase.WaitingForApproval : ExecutionPhase.Succeeded, story.Status.Phase);
    }

    private static Story Lacking()
    {
        var story = new Story(Look);
        story.Runbook = story.Runbook with
        {
            Parameters = [new RunbookParameter { Name = "ns", Required = true }, new RunbookParameter { Name = "size", Default = "1" }, new RunbookParameter { Name = "pod", Required = true }],
        };
        return story;
    }
}
