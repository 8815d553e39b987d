namespace RunbookOperator.Actions;

/// <summary>kubernetes/annotate: sets and removes annotations of one object of any kind.</summary>
internal sealed class AnnotateAction() : MarkChange(
    new ActionDeclaration(
        "kubernetes/annotate",
        "Sets and removes annotations of one object of any kind.",
        ChangesState: true,
        [
            .. Inputs,
            new("annotations", ActionInputType.Object, "Annotations to set, each a key with its text."),
            new(Remove, ActionInputType.List, "Keys to remove."),
        ]),
    "annotations");
