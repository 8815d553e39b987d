namespace RunbookOperator.Actions;

/// <summary>flux/resume: lets Flux work on an object again.</summary>
internal sealed class FluxResumeAction() : SuspendChange(
    new ActionDeclaration("flux/resume", "Lets Flux work on a suspended object again.", ChangesState: true, Inputs), suspend: false)
{
    protected override string UndoBefore => "Suspend it again, if it was suspended before. What Flux has applied meanwhile stays.";

    protected override IReadOnlyList<string> Reasons(ActionInputs inputs) => ["Flux applies what its source says now, over changes by hand"];
}
