namespace RunbookOperator.Actions;

/// <summary>kubernetes/uncordon: lets new pods come to a node again.</summary>
internal sealed class UncordonAction() : CordonChange(new ActionDeclaration(
    "kubernetes/uncordon", "Lets new pods come to a node again.", ChangesState: true, [NodeInput.Name]))
{
    protected override bool Cordon => false;

    protected override string UndoBefore => "Cordon the node, if it was cordoned before. Pods that came meanwhile stay.";

    protected override IReadOnlyList<string> Reasons(ActionInputs inputs) => ["new pods are scheduled to the node again, though somebody had kept them off"];
}
