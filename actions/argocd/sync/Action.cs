using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Risk;

namespace RunbookOperator.Actions;

/// <summary>argocd/sync: makes Argo CD apply what an Application's source says.</summary>
internal sealed class ArgoSyncAction() : ApplicationChange(new ActionDeclaration(
    "argocd/sync",
    "Makes Argo CD apply what an Application's source says.",
    ChangesState: true,
    [
        NameInput,
        ObjectInput.NamespaceInput,
        new(RevisionInput, ActionInputType.Text, "A branch, tag or commit. Defaults to what the Application follows."),
        PruneInput,
    ]))
{
    private const string RevisionInput = "revision";

    protected override string UndoBefore => "Not by itself: argocd/rollback goes back to what was deployed before.";

    protected override RiskLevel RiskOf(ActionInputs inputs) =>
        inputs.IsOpen(Prune) || inputs.Flag(Prune) || inputs.IsOpen(RevisionInput) ? RiskLevel.Dangerous : RiskLevel.Caution;

    protected override IReadOnlyList<string> Reasons(ActionInputs inputs)
    {
        const string Applies = "applies what the source says now, over changes by hand";
        return inputs.IsOpen(Prune) || inputs.Flag(Prune) ? ["deletes what is not in the source any more", Applies]
            : inputs.IsOpen(RevisionInput) ? ["which revision is deployed is not known before the run", Applies]
            : [Applies];
    }

    protected override void CheckInputs(ActionInputs inputs)
    {
        // What Git takes as a name; it goes to the repository's server.
        if (inputs.Text(RevisionInput) is { } revision && !inputs.IsOpen(RevisionInput) && !Variables.IsSafeForRun(revision))
        {
            throw new ActionException($"the input {RevisionInput} must be a branch, a tag or a commit");
        }
    }

    protected override Task<(JsonObject Seen, string Undo)> LookAsync(ActionContext context, JsonObject found, CancellationToken cancellationToken)
    {
        CheckIdle(found);
        var undo = History(found) is [.., var last]
            ? $"Not by itself: argocd/rollback of {TitleOf(found)} with id {last.Number("id")} goes back to {Revision(last)}."
            : $"Nothing undoes it: {TitleOf(found)} was never deployed before.";
        return Task.FromResult((new JsonObject(), undo));
    }

    // The strategy `hook` is what `argocd app sync` asks for.
    protected override Task<Patch> PatchAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken)
    {
        var sync = new JsonObject { ["syncStrategy"] = new JsonObject { ["hook"] = new JsonObject() } };
        if (context.Inputs.Text(RevisionInput) is { } revision)
        {
            sync[RevisionInput] = revision;
        }

        return Task.FromResult(Begin(context, target, sync));
    }

    protected override string Done(ActionContext context, ActionTarget target) => $"{Title(target)} asked to sync\n";
}
