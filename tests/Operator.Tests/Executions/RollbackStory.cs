using RunbookOperator.Api;
using RunbookOperator.Policies;
using RunbookOperator.Risk;

namespace RunbookOperator.Tests.Executions;

/// <summary>Runs that are to go back, and what is asked of them.</summary>
internal static class RollbackStory
{
    public static Story Two(RiskLevel risk = RiskLevel.Safe)
    {
        var story = Inverse(new Story(Scale("one"), Scale("two") with { OnFailure = OnFailure.Rollback }));
        story.Risks["one"] = story.Risks["two"] = risk;
        return story;
    }

    public static Story Inverse(Story story)
    {
        foreach (var step in story.Runbook.Steps)
        {
            story.Inverses[step.Name] = "seen";
        }

        return story;
    }

    public static RunbookStep Scale(string name) => new() { Name = name, Uses = "kubernetes/scale" };

    public static RunbookStep Run(string name) => new() { Name = name, Run = "do", Rollback = new StepRollback { Run = "undo" } };

    public static Story Approved(Story story, params string[] steps)
    {
        foreach (var step in steps)
        {
            story.Decide(step, "riley", ApprovalDecision.Approve);
        }

        return story;
    }

    // All steps are done, and the run is not over yet: the moment in which somebody asks.
    public static Story Ended(Story story) => Reopened(Through(story));

    // A decision that is there before its step waits is read once the step does.
    public static Story Through(Story story)
    {
        foreach (var _ in story.Runbook.Steps.Prepend(null!))
        {
            story.Go();
        }

        return story;
    }

    public static Story Reopened(Story story)
    {
        story.Status = story.Status with { Phase = ExecutionPhase.Running, FinishedAt = null };
        return story;
    }

    public static Story Asked(Story story)
    {
        story.Spec = story.Spec with { DesiredState = DesiredState.RolledBack };
        return story;
    }

    public static EffectivePolicy Policy(string spec) => Policies.Given.Policy(spec);

    public static Kubernetes.Condition Condition(Story story) => story.Status.Conditions!.Single(condition => condition.Type == ConditionTypes.Succeeded);

    public static string States(Story story) => string.Join(',', story.Status.Steps!.Select(step => step.State));
}
