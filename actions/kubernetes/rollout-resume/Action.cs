namespace RunbookOperator.Actions;

/// <summary>kubernetes/rollout-resume: lets the rollout of a paused Deployment go on.</summary>
internal sealed class RolloutResumeAction() : PausedChange(
    new ActionDeclaration("kubernetes/rollout-resume", "Lets the rollout of a paused Deployment go on.", ChangesState: true, Inputs),
    paused: false)
{
    protected override string UndoBefore => "Pause the rollout again, if it was paused before. What was rolled out meanwhile stays.";

    protected override IReadOnlyList<string> Reasons(ActionInputs inputs) => ["rolls out all that was changed while the Deployment was paused"];
}
