namespace RunbookOperator.Actions;

/// <summary>kubernetes/label: sets and removes labels of one object of any kind.</summary>
internal sealed class LabelAction() : MarkChange(
    new ActionDeclaration(
        "kubernetes/label",
        "Sets and removes labels of one object of any kind.",
        ChangesState: true,
        [
            .. Inputs,
            new("labels", ActionInputType.Object, "Labels to set, each a key with its text."),
            new(Remove, ActionInputType.List, "Keys to remove."),
        ]),
    "labels");
