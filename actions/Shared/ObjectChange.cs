using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Risk;

namespace RunbookOperator.Actions;

/// <summary>What all actions that patch one object have in common: they record what they saw, act once on exactly that, and undo only what is
/// still as they left it.</summary>
internal abstract class ObjectChange(ActionDeclaration declaration) : IAction
{
    public ActionDeclaration Declaration => declaration;

    /// <summary>What undoes it, said before the object was looked at.</summary>
    protected abstract string UndoBefore { get; }

    public ActionAssessment Assess(ActionInputs inputs)
    {
        var named = Check(inputs);
        return new ActionAssessment(RiskOf(inputs), Reasons(inputs), named.ToString(), UndoBefore);
    }

    public async Task<ActionTarget?> PrepareAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var named = Check(context.Inputs);
        if (context.Inputs.VariableNames.FirstOrDefault() is { } open)
        {
            throw new ActionException($"the variable {open} has no value");
        }

        var resource = await ResourceAsync(context, named, cancellationToken);
        var name = new NamespacedName(resource.Namespaced ? named.Namespace ?? context.Namespace : "", named.Name!);
        var found = await FoundObject.ReadAsync(context, resource, name, cancellationToken);
        if (!ChangesDeleting && found.Text("metadata", "deletionTimestamp") is not null)
        {
            throw new ActionException($"{resource.Kind} {name} is being deleted");
        }

        var (seen, undo) = await LookAsync(context, found, cancellationToken);
        return TargetOf(new ActionTarget
        {
            ApiVersion = resource.ApiVersion,
            Kind = resource.Kind,
            Plural = resource.Plural,
            Namespace = name.Namespace,
            Name = name.Name,
            Uid = "",
            ResourceVersion = "",
            Undo = undo,
            Undoable = Undoes(seen),
            Warnings = ManagedBy.Of(found) is { } managed ? [managed] : null,
        }, found, seen);
    }

    public virtual Task<ActionOutcome> ActAsync(ActionContext context, ActionTarget? target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        return GuardedPatch.SendAsync(context, target, () => PatchAsync(context, target, cancellationToken), Done(context, target), cancellationToken);
    }

    public async Task<ActionTarget?> PrepareUndoAsync(ActionContext context, ActionTarget done, CancellationToken cancellationToken)
    {
        if (!done.Undoable)
        {
            return null;
        }

        var found = await FoundObject.ReadAsync(context, Resources.Of(done), new NamespacedName(done.Namespace, done.Name), cancellationToken);
        if (found.Text("metadata", "uid") != done.Uid)
        {
            throw new ActionException($"{Title(done)} was deleted and made again since; the new one is not touched");
        }

        var seen = done.Seen?.DeepClone().AsObject() ?? [];
        return TargetOf(done, found, seen) with { Moved = Drift(context, done, found) };
    }

    public Task<ActionOutcome> UndoAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken) =>
        GuardedPatch.SendAsync(
            context, target, () => UndoPatchAsync(context, target, cancellationToken), Undone(context, target), cancellationToken);

    /// <summary>Such as <c>Deployment checkout/web</c>.</summary>
    protected static string Title(ActionTarget target) => Resources.Title(target);

    /// <summary>Where the API server keeps the object.</summary>
    /// <exception cref="ActionException">It has no such kind.</exception>
    protected abstract Task<ResourceDefinition> ResourceAsync(ActionContext context, ObjectInput named, CancellationToken cancellationToken);

    /// <summary>How risky; caution unless an action says otherwise.</summary>
    protected virtual RiskLevel RiskOf(ActionInputs inputs) => RiskLevel.Caution;

    /// <summary>Whether what is done can be undone by this action.</summary>
    protected virtual bool CanUndo => false;

    /// <summary>Whether this act can be undone, given what was seen before it; <see cref="CanUndo"/> unless an action says otherwise.</summary>
    protected virtual bool Undoes(JsonObject seen) => CanUndo;

    /// <summary>Whether an object that is being deleted may still be changed.</summary>
    protected virtual bool ChangesDeleting => false;

    /// <summary>Whether the object may have any name that the API takes, not only a DNS subdomain.</summary>
    protected virtual bool AnyName => false;

    /// <summary>How <paramref name="found"/> is no longer as the act left it, in one sentence; null if it is.</summary>
    protected virtual string? Drift(ActionContext context, ActionTarget done, JsonObject found) => null;

    /// <summary>The change back as one patch, with the same precondition and mark as <see cref="PatchAsync"/>.</summary>
    protected virtual Task<Patch> UndoPatchAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken) =>
        throw new InvalidOperationException($"nothing undoes {declaration.Name}");

    /// <summary>The output once it is undone.</summary>
    protected virtual string Undone(ActionContext context, ActionTarget target) => $"{Title(target)} taken back\n";

    /// <summary>Why it has this risk, the gravest first.</summary>
    protected abstract IReadOnlyList<string> Reasons(ActionInputs inputs);

    /// <summary>The object that the inputs name.</summary>
    /// <exception cref="ActionException">A name is none.</exception>
    protected virtual ObjectInput NamedBy(ActionInputs inputs) => ObjectInput.Read(inputs);

    /// <summary>Checks the inputs beyond kind, name and namespace.</summary>
    protected virtual void CheckInputs(ActionInputs inputs)
    {
    }

    /// <summary>Checks that the object can be changed, and says what undoing needs, and what undoes it.</summary>
    /// <exception cref="ActionException">It cannot.</exception>
    protected abstract Task<(JsonObject Seen, string Undo)> LookAsync(ActionContext context, JsonObject found, CancellationToken cancellationToken);

    /// <summary>The change as one patch with <see cref="ActionTarget.ResourceVersion"/> as its precondition and the attempt's annotation.</summary>
    protected abstract Task<Patch> PatchAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken);

    /// <summary>The output once it is done.</summary>
    protected abstract string Done(ActionContext context, ActionTarget target);

    private static ActionTarget TargetOf(ActionTarget target, JsonObject found, JsonObject seen)
    {
        seen[ActionTarget.SeenAttempt] = found.Text("metadata", "annotations", Names.AttemptAnnotation);
        return target with
        {
            Uid = found.Text("metadata", "uid") ?? "",
            ResourceVersion = found.Text("metadata", "resourceVersion") ?? "",
            Seen = seen,
        };
    }

    private ObjectInput Check(ActionInputs inputs)
    {
        InputCheck.Check(declaration, inputs);
        var named = NamedBy(inputs);
        if (!AnyName && !inputs.IsOpen("name") && !ObjectNames.IsSubdomain(named.Name!))
        {
            throw new ActionException($"the input name must be the name of a {named.Kind}");
        }

        CheckInputs(inputs);
        return named;
    }
}
