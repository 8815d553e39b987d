namespace RunbookOperator.Actions;

/// <summary>flux/suspend: makes Flux leave an object alone, so that a change by hand stays.</summary>
internal sealed class FluxSuspendAction() : SuspendChange(
    new ActionDeclaration("flux/suspend", "Makes Flux leave an object alone, so that a change by hand stays.", ChangesState: true, Inputs), suspend: true)
{
    protected override string UndoBefore => "Resume it, if it was not suspended before.";

    protected override IReadOnlyList<string> Reasons(ActionInputs inputs) => ["Flux applies nothing more from it until it is resumed"];
}
