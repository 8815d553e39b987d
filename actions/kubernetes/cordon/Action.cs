namespace RunbookOperator.Actions;

/// <summary>kubernetes/cordon: keeps new pods off a node.</summary>
internal sealed class CordonAction() : CordonChange(new ActionDeclaration(
    "kubernetes/cordon", "Keeps new pods off a node; those that run there stay.", ChangesState: true, [NodeInput.Name]))
{
    protected override bool Cordon => true;

    protected override string UndoBefore => "Uncordon the node, if it was not cordoned before.";

    protected override IReadOnlyList<string> Reasons(ActionInputs inputs) => ["no new pod is scheduled to the node"];
}
