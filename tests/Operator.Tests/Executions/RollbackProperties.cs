using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.Risk;

namespace RunbookOperator.Tests.Executions;

/// <summary>What must hold of a run that goes back, whatever happens: random runbooks, people, outcomes and moments, by a seeded generator.</summary>
public sealed class RollbackProperties
{
    private static readonly string[] People = ["riley", "sam", "alex"];

    private static readonly ApprovalDecision[] Decisions =
        [ApprovalDecision.Approve, ApprovalDecision.Approve, ApprovalDecision.Approve, ApprovalDecision.Skip, ApprovalDecision.MarkDone, ApprovalDecision.Retry];

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(0, 400)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void It_undoes_in_reverse_order_nothing_twice_nothing_unasked_and_it_ends(int seed)
    {
        var dice = new Dice((uint)seed);
        var story = Story(dice);
        var undone = 0;
        for (var i = 0; i < 80 && !ExecutionPhase.IsFinal(story.Status.Phase); i++)
        {
            var before = story.Status;
            story.Go();
            foreach (var act in story.Undone.Skip(undone))
            {
                AssertAllowed(story, act[..act.IndexOf('/', StringComparison.Ordinal)], int.Parse(act[(act.IndexOf('/', StringComparison.Ordinal) + 1)..]));
            }

            AssertOrder(story, [.. story.Undone.Skip(undone)]);
            Assert.True(before.Rollback is null || story.Status.Rollback is not null, "it turned again");
            undone = story.Undone.Count;
            Disturb(story, dice);
        }

        story.Later(TimeSpan.FromHours(25)).Go();
        Assert.True(ExecutionPhase.IsFinal(story.Status.Phase), $"still {story.Status.Phase}");
        Assert.DoesNotContain(story.Status.Steps ?? [], step => step.State == StepState.Running || step.Rollback?.State == StepState.Running);
        var (phase, count) = (story.Status.Phase, story.Undone.Count);
        story.Go();
        Assert.Equal((phase, count), (story.Status.Phase, story.Undone.Count));
        Assert.Equal(story.Undone.Distinct(), story.Undone);
        foreach (var step in story.Status.Steps!.Where(step => step.State == StepState.RolledBack && step.Rollback?.ExitCode is null && step.Rollback?.Message is null))
        {
            Assert.Equal($"{step.Name}/{step.Rollback!.Attempt}", story.Undone.Last(act => act.StartsWith(step.Name + "/", StringComparison.Ordinal)));
        }
    }

    // While one is undone, all that finished after it is undone, or a person has said that it stays.
    private static void AssertOrder(Story story, List<string> acts)
    {
        foreach (var act in acts)
        {
            var name = act[..act.IndexOf('/', StringComparison.Ordinal)];
            var (index, at) = (story.Runbook.Steps.FindIndex(step => step.Name == name), story.Step(name).FinishedAt);
            foreach (var later in story.Status.Steps!.Where(step => step.Rollback is not null && step.FinishedAt > at && step.Name != name))
            {
                var step = story.Runbook.Steps.Single(known => known.Name == later.Name);
                Assert.True(UndoStep.NeedOf(step, later) == UndoNeed.None || acts.Contains($"{later.Name}/{later.Rollback!.Attempt}"), $"{act} came before {later.Name}, step {index}");
            }
        }
    }

    private static void AssertAllowed(Story story, string name, int attempt)
    {
        var step = story.Runbook.Steps.Single(known => known.Name == name);
        var (risk, undo) = (story.Risks[name], story.UndoRisks[name]);
        var asked = Distinct(story.UndoPeople.Where(person => person.Step == name && person.Attempt == attempt && person.Decision == ApprovalDecision.Approve));
        if (asked >= Math.Max(story.Policy.Approvals(undo).Required.Value, 1))
        {
            return;
        }

        Assert.False(story.MovedWorld.ContainsKey(name), $"the world has moved, and nobody approved the undo of {name}");
        var forward = Distinct(story.People.Where(person => person.Step == name && person.Attempt == story.Step(name).Attempt && person.Decision == ApprovalDecision.Approve));
        var covered = undo <= risk && forward >= Math.Max(story.Policy.Approvals(risk).Required.Value, 1);
        Assert.True(undo == RiskLevel.Safe || covered, $"the undo of {name} ({undo}) acted with {asked} approvals, and {forward} of the step ({risk}); {step.OnFailure}");
    }

    private static int Distinct(IEnumerable<(string Step, int Attempt, string User, ApprovalDecision Decision)> people) =>
        people.Select(person => person.User).Distinct().Count();

    private static Story Story(Dice dice)
    {
        var steps = Enumerable.Range(0, 1 + dice.Next(5)).Select(i => Step(dice, $"s{i}")).ToArray();
        var story = new Story(steps);
        foreach (var step in steps)
        {
            story.Risks[step.Name] = (RiskLevel)dice.Next(3);
            story.UndoRisks[step.Name] = (RiskLevel)dice.Next(3);
            if (step.Uses is not null && dice.Next(4) > 0)
            {
                story.Inverses[step.Name] = "seen";
            }

            if (dice.Next(5) == 0)
            {
                story.MovedWorld[step.Name] = "moved";
            }

            var (outcome, undo) = (dice.Next(8), dice.Next(8));
            story.Ends[step.Name] = attempt => Outcome(outcome, step.Name, attempt);
            story.UndoEnds[step.Name] = attempt => Outcome(undo, step.Name, attempt);
        }

        return story;
    }

    private static RunbookStep Step(Dice dice, string name)
    {
        var step = dice.Next(3) == 0
            ? new RunbookStep { Name = name, Run = "do", Rollback = new StepRollback { Run = "undo" } }
            : new RunbookStep { Name = name, Uses = "kubernetes/scale" };
        return step with { OnFailure = dice.Next(2) == 0 ? OnFailure.Rollback : OnFailure.Continue, Needs = dice.Next(3) == 0 ? [] : null };
    }

    private static StepEvidence? Outcome(int outcome, string step, int attempt) => outcome switch
    {
        0 => Executions.Story.Failure(step, attempt),
        1 => new StepEvidence.Unknown { Step = step, Attempt = attempt, Message = "?" },
        2 when attempt == 1 => null,
        3 => Executions.Story.Failure(step, attempt) with { NotDone = true },
        _ => Executions.Story.Success(step, attempt),
    };

    private static void Disturb(Story story, Dice dice)
    {
        story.Later(TimeSpan.FromSeconds(dice.Next(400)));
        var step = story.Runbook.Steps[dice.Next(story.Runbook.Steps.Count)].Name;
        var (user, decision) = (People[dice.Next(People.Length)], Decisions[dice.Next(Decisions.Length)]);
        switch (dice.Next(10))
        {
            case 0:
                story.Spec = story.Spec with { DesiredState = dice.Next(4) == 0 ? DesiredState.Aborted : DesiredState.RolledBack };
                break;
            case 1:
                story.Spec = story.Spec with { DesiredState = DesiredState.Paused };
                break;
            case 2:
                story.Spec = story.Spec with { DesiredState = DesiredState.Running };
                break;
            case < 6:
                story.DecideUndo(step, user, decision, 1 + dice.Next(2));
                break;
            default:
                story.Decide(step, user, decision, 1 + dice.Next(2));
                break;
        }
    }
}
