using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.Risk;

namespace RunbookOperator.Tests.Executions;

/// <summary>What must hold whatever happens: random runbooks, people, outcomes, pauses and resolutions, by a seeded generator.</summary>
public sealed class PlannerProperties
{
    private static readonly string[] People = ["riley", "sam", "alex"];

    private static readonly ApprovalDecision[] Decisions = Enum.GetValues<ApprovalDecision>();

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(0, 400)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_happens_nothing_acts_unapproved_ends_are_final_and_every_run_ends(int seed)
    {
        var dice = new Dice((uint)seed);
        var steps = Enumerable.Range(0, 1 + dice.Next(6)).Select(i => Step(dice, $"s{i}")).ToArray();
        var story = new Story(steps);
        foreach (var step in steps)
        {
            story.Risks[step.Name] = (RiskLevel)dice.Next(3);
            var outcome = dice.Next(5);
            story.Ends[step.Name] = attempt => Outcome(outcome, step.Name, attempt);
        }

        var acted = 0;
        for (var i = 0; i < 60 && !ExecutionPhase.IsFinal(story.Status.Phase); i++)
        {
            story.Go();
            foreach (var act in story.Acted.Skip(acted))
            {
                AssertAllowed(story, act);
            }

            acted = story.Acted.Count;
            Disturb(story, dice, steps);
        }

        story.Spec = story.Spec with { DesiredState = DesiredState.Running };
        story.Later(TimeSpan.FromHours(25)).Go();
        Assert.True(ExecutionPhase.IsFinal(story.Status.Phase), $"still {story.Status.Phase}");
        var (phase, count) = (story.Status.Phase, story.Acted.Count);
        story.Go();
        Assert.Equal((phase, count), (story.Status.Phase, story.Acted.Count));
        Assert.Equal(story.Acted.Distinct(), story.Acted);
    }

    private static RunbookStep Step(Dice dice, string name) => dice.Next(4) switch
    {
        0 => new RunbookStep { Name = name, Manual = "do it" },
        1 => new RunbookStep { Name = name, Uses = "kubernetes/scale", OnFailure = OnFailure.Continue },
        _ => new RunbookStep { Name = name, Run = "true" },
    };

    private static StepEvidence? Outcome(int outcome, string step, int attempt) => outcome switch
    {
        0 => Story.Failure(step, attempt),
        1 => new StepEvidence.Unknown { Step = step, Attempt = attempt, Message = "?" },
        2 => null,
        _ => Story.Success(step, attempt),
    };

    private static void AssertAllowed(Story story, string act)
    {
        var name = act[..act.IndexOf('/', StringComparison.Ordinal)];
        var attempt = int.Parse(act[(name.Length + 1)..]);
        Assert.Null(story.Runbook.Steps.Single(step => step.Name == name).Manual);
        var people = story.People.Where(person => person.Step == name && person.Attempt == attempt && person.Decision == ApprovalDecision.Approve)
            .Select(person => person.User).Distinct().Count();
        Assert.True(people >= story.Policy.Approvals(story.Risks[name]).Required.Value, $"{act} acted with {people} approvals at {story.Risks[name]}");
    }

    private static void Disturb(Story story, Dice dice, RunbookStep[] steps)
    {
        story.Later(TimeSpan.FromSeconds(dice.Next(600)));
        var step = steps[dice.Next(steps.Length)].Name;
        switch (dice.Next(8))
        {
            case 0:
                story.Spec = story.Spec with { DesiredState = (DesiredState)dice.Next(3) };
                break;
            case 1:
                story.AlertSettlesAt = dice.Next(2) == 0 ? null : story.Now + TimeSpan.FromMinutes(dice.Next(4));
                break;
            default:
                story.Decide(step, People[dice.Next(People.Length)], Decisions[dice.Next(Decisions.Length)], 1 + dice.Next(2));
                break;
        }
    }
}
