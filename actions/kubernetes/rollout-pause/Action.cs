namespace RunbookOperator.Actions;

/// <summary>kubernetes/rollout-pause: holds the rollout of a Deployment: what is changed in it takes no effect until it is resumed.</summary>
internal sealed class RolloutPauseAction() : PausedChange(
    new ActionDeclaration(
        "kubernetes/rollout-pause",
        "Holds the rollout of a Deployment: what is changed in it takes no effect until it is resumed.",
        ChangesState: true,
        Inputs),
    paused: true)
{
    protected override string UndoBefore => "Resume the rollout, if it was not paused before.";

    protected override IReadOnlyList<string> Reasons(ActionInputs inputs) => ["stops a rollout where it stands: old and new pods may serve side by side until it is resumed"];
}
