using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>kubernetes/apply: makes an object, or changes it, as a manifest says.</summary>
internal sealed class ApplyAction : IAction
{
    private const string Force = "force";
    private const string Back = "back";
    private const string After = "after";

    public ActionDeclaration Declaration { get; } = new(
        "kubernetes/apply",
        "Makes one object, or changes it, to what a manifest says, by server-side apply.",
        ChangesState: true,
        [
            new(Manifest.Input, ActionInputType.Object, "The object: apiVersion, kind, metadata.name and what it shall be.", Required: true),
            ObjectInput.NamespaceInput,
            new(Force, ActionInputType.Flag, "Take over fields that somebody else sets. Defaults to false: then the step fails."),
        ]);

    public ActionAssessment Assess(ActionInputs inputs)
    {
        var manifest = Check(inputs);
        var risk = ManifestRisk.Of(manifest, inputs.IsOpen(Force) || inputs.Flag(Force));
        return new ActionAssessment(
            risk.Level,
            risk.Reasons,
            new ObjectInput(manifest.Kind, manifest.Name, manifest.Namespace).ToString(),
            "Set the changed fields back to what they were, or delete the object if the step makes it.");
    }

    public async Task<ActionTarget?> PrepareAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var manifest = Check(context.Inputs);
        FoundObject.CheckFilled(context.Inputs);
        var resource = await manifest.ResourceAsync(context, cancellationToken);
        var name = new NamespacedName(resource.Namespaced ? manifest.Namespace ?? context.Namespace : "", manifest.Name);
        var found = await FoundObject.FindAsync(context, resource, name, cancellationToken);
        var title = Resources.Title(resource, name);
        if (found is null)
        {
            return MadeObject.Target(context, resource, name, $"Delete {title}, which the step makes.");
        }

        FoundObject.CheckLiving(found, title);
        var target = Resources.Target(resource, name, found, undo: "");
        var after = await FoundObject.AskAsync(() => Applying(context, target).TryAsync(cancellationToken), cancellationToken);
        return WithWayBack(target, resource, AppliedChange.Between(found, after), title) with
        {
            Warnings = ManagedBy.Of(found) is { } managed ? [managed] : null,
        };
    }

    public async Task<ActionOutcome> ActAsync(ActionContext context, ActionTarget? target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        var title = Resources.Title(target);
        return MadeObject.Is(target)
            ? await GuardedCreate.SendAsync(context, target, () => Task.FromResult(Manifest.Read(context.Inputs).Value), $"{title} made\n", cancellationToken)
            : await GuardedPatch.SendAsync(context, target, () => Applying(context, target).SendAsync(cancellationToken), $"{title} applied\n", cancellationToken);
    }

    public async Task<ActionTarget?> PrepareUndoAsync(ActionContext context, ActionTarget done, CancellationToken cancellationToken)
    {
        if (!done.Undoable)
        {
            return null;
        }

        var title = Resources.Title(done);
        if (MadeObject.Is(done))
        {
            return await MadeObject.PrepareUndoAsync(
                context, done, found => Holds(Manifest.Read(context.Inputs).Value, found) ? null : $"{title} has been changed since the step made it", cancellationToken);
        }

        var found = await FoundObject.ReadAsync(context, Resources.Of(done), Resources.NameOf(done), cancellationToken);
        if (found.Text("metadata", "uid") != done.Uid)
        {
            throw new ActionException($"{title} was deleted and made again since; the new one is not touched");
        }

        var seen = done.Seen!.DeepClone().AsObject();
        seen[ActionTarget.SeenAttempt] = found.Text("metadata", "annotations", Names.AttemptAnnotation);
        return done with
        {
            ResourceVersion = found.Text("metadata", "resourceVersion") ?? "",
            Seen = seen,
            Moved = AppliedChange.Hash(WayBack(done), found) == done.Seen.Text(After) ? null : $"what the step changed of {title} is no longer as the step left it",
        };
    }

    public Task<ActionOutcome> UndoAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken) => MadeObject.Is(target)
        ? MadeObject.UndoAsync(context, target, cancellationToken)
        : GuardedPatch.SendAsync(
            context,
            target,
            () => Task.FromResult(MergePatch.OfObject(context, target, WayBack(target))),
            $"{Resources.Title(target)} set back\n",
            cancellationToken);

    private Manifest Check(ActionInputs inputs)
    {
        InputCheck.Check(Declaration, inputs);
        return Manifest.Read(inputs);
    }

    private static Applying Applying(ActionContext context, ActionTarget target) =>
        new(context, target, Manifest.Read(context.Inputs), context.Inputs.Flag(Force));

    private static ActionTarget WithWayBack(ActionTarget target, ResourceDefinition resource, AppliedChange change, string title)
    {
        if (change.Back is null)
        {
            return target with { Undo = $"Nothing to undo: {title} is as the manifest says." };
        }

        if (change.Obstacle(resource) is { } obstacle)
        {
            return target with { Undo = $"Cannot be undone: {obstacle}." };
        }

        // As text: what is a null in a merge patch would be lost on the way through the API server.
        target.Seen![Back] = change.Back.ToJsonString();
        target.Seen[After] = change.After;
        return target with { Undoable = true, Undo = Variables.Clean($"Set {title} back: {change.Describe()}.", Limits.Message) };
    }

    private static JsonObject WayBack(ActionTarget target) => JsonNode.Parse(target.Seen.Text(Back)!)!.AsObject();

    // All that the manifest says is so; what the API server has filled in besides does not count.
    private static bool Holds(JsonNode? wanted, JsonNode? found) => (wanted, found) switch
    {
        (JsonObject { Count: 0 } or JsonArray { Count: 0 }, null) => true,
        (JsonObject fields, JsonObject) => fields.All(field => field.Key is "apiVersion" or "kind" || Holds(field.Value, found[field.Key])),
        (JsonArray items, JsonArray others) => items.Count == others.Count && items.Zip(others).All(pair => Holds(pair.First, pair.Second)),
        _ => JsonNode.DeepEquals(wanted, found),
    };
}
