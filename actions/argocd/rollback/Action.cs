using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;
using RunbookOperator.Risk;

namespace RunbookOperator.Actions;

/// <summary>argocd/rollback: makes Argo CD deploy what an Application had before.</summary>
internal sealed class ArgoRollbackAction() : ApplicationChange(new ActionDeclaration(
    "argocd/rollback",
    "Makes Argo CD deploy what an Application had before.",
    ChangesState: true,
    [
        NameInput,
        ObjectInput.NamespaceInput,
        new(Id, ActionInputType.Number, "Which entry of the Application's history. Defaults to the one before the last."),
        PruneInput,
    ]))
{
    private const string Id = "id";
    private const string SeenTo = "to";
    private const string SeenFrom = "from";

    protected override string UndoBefore => "Go forward again to what is deployed now.";

    protected override bool CanUndo => true;

    protected override RiskLevel RiskOf(ActionInputs inputs) => inputs.IsOpen(Prune) || inputs.Flag(Prune) ? RiskLevel.Dangerous : RiskLevel.Caution;

    protected override IReadOnlyList<string> Reasons(ActionInputs inputs)
    {
        const string Applies = "applies an older state of the source, over changes by hand";
        return RiskOf(inputs) == RiskLevel.Dangerous ? ["deletes what is not in that state", Applies] : [Applies];
    }

    protected override Task<(JsonObject Seen, string Undo)> LookAsync(ActionContext context, JsonObject found, CancellationToken cancellationToken)
    {
        CheckIdle(found);
        var title = TitleOf(found);
        if (IsAutomated(found))
        {
            throw new ActionException($"{title} syncs by itself and would go forward again; turn its automated sync off first");
        }

        var history = History(found);
        var to = context.Inputs.Number(Id) is { } id
            ? history.FirstOrDefault(entry => entry.Number("id") == id) ?? throw new ActionException($"{title} has no entry {id} in its history: {Ids(history)}")
            : history is [.., var before, _] ? before : throw new ActionException($"{title} has no state before this one");
        var from = history[^1];
        if (to == from)
        {
            throw new ActionException($"{title} is at id {from.Number(Id)} already");
        }

        var seen = new JsonObject { [SeenTo] = Entry(to), [SeenFrom] = Entry(from) };
        return Task.FromResult((seen, $"Roll {title} forward to id {from.Number("id")}, {Revision(from)}."));
    }

    protected override Task<Patch> PatchAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken) =>
        Task.FromResult(Begin(context, target, To(target.Seen.At(SeenTo)!)));

    protected override string Done(ActionContext context, ActionTarget target) => $"{Title(target)} asked to roll back to {Revision(target.Seen.At(SeenTo)!)}\n";

    // A sync that has been done is the newest entry of the history.
    protected override string? Drift(ActionContext context, ActionTarget done, JsonObject found)
    {
        var title = TitleOf(found);
        if (InProgress(found))
        {
            return $"an operation of {title} is in progress";
        }

        return History(found) is [.., var last] && !JsonNode.DeepEquals(To(last), To(done.Seen.At(SeenTo)!))
            ? $"{title} has {Revision(last)} deployed by now; the step had rolled it back to {Revision(done.Seen.At(SeenTo)!)}"
            : null;
    }

    protected override Task<Patch> UndoPatchAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken) =>
        Task.FromResult(Begin(context, target, To(target.Seen.At(SeenFrom)!)));

    protected override string Undone(ActionContext context, ActionTarget target) => $"{Title(target)} asked to roll forward to {Revision(target.Seen.At(SeenFrom)!)}\n";

    // Of an entry only what is deployed, so that the record stays small.
    private static JsonObject Entry(JsonNode entry)
    {
        var kept = To(entry);
        kept.Remove("syncStrategy");
        kept[Id] = entry.Number(Id);
        return kept;
    }

    private static string Ids(IReadOnlyList<JsonNode> history) => history.Count == 0 ? "it is empty" : string.Join(", ", history.Select(entry => entry.Number(Id)));
}
