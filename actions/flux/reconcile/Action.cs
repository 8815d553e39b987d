using System.Globalization;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>flux/reconcile: makes Flux look at an object at once.</summary>
internal sealed class FluxReconcileAction() : FluxChange(
    new ActionDeclaration("flux/reconcile", "Makes Flux look at an object at once, not at its next interval.", ChangesState: true, Inputs))
{
    protected override string UndoBefore => "Nothing to undo: Flux does what it would have done a little later.";

    protected override IReadOnlyList<string> Reasons(ActionInputs inputs) => ["Flux fetches or applies what its source says now, over changes by hand"];

    protected override Task<(JsonObject Seen, string Undo)> LookAsync(ActionContext context, JsonObject found, CancellationToken cancellationToken) =>
        IsSuspended(found)
            ? throw new ActionException($"{found.Text("kind")} {found.Text("metadata", "namespace")}/{found.Text("metadata", "name")} is suspended: nothing would happen before it is resumed")
            : Task.FromResult((new JsonObject(), UndoBefore));

    // What `flux reconcile` writes: any new value is a new request.
    protected override Task<Patch> PatchAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken) =>
        Task.FromResult(MergePatch.OfObject(context, target, new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["annotations"] = new JsonObject
                {
                    [Names.FluxRequestedAtAnnotation] = context.Now.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture),
                },
            },
        }));

    protected override string Done(ActionContext context, ActionTarget target) => $"{Title(target)} asked to reconcile\n";
}
