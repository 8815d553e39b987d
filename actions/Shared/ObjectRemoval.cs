using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;
using RunbookOperator.Risk;

namespace RunbookOperator.Actions;

/// <summary>What all actions that take one object away have in common: the one of the UID that was seen, and no other. Nothing undoes them.</summary>
internal abstract class ObjectRemoval(ActionDeclaration declaration) : IAction
{
    public ActionDeclaration Declaration => declaration;

    /// <summary>That it cannot be undone, said before the object was looked at.</summary>
    protected abstract string UndoBefore { get; }

    public ActionAssessment Assess(ActionInputs inputs)
    {
        var named = Check(inputs);
        return new ActionAssessment(RiskOf(inputs), Reasons(inputs), named.ToString(), UndoBefore);
    }

    public async Task<ActionTarget?> PrepareAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var named = Check(context.Inputs);
        FoundObject.CheckFilled(context.Inputs);
        var resource = await ResourceAsync(context, named, cancellationToken);
        var name = new NamespacedName(resource.Namespaced ? named.Namespace ?? context.Namespace : "", named.Name!);
        var found = await FoundObject.ReadAsync(context, resource, name, cancellationToken);
        FoundObject.CheckLiving(found, Resources.Title(resource, name));
        return Resources.Target(resource, name, found, Look(context, found, Resources.Title(resource, name)));
    }

    public Task<ActionOutcome> ActAsync(ActionContext context, ActionTarget? target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        return GuardedDelete.SendAsync(
            context, target, () => SendAsync(context, target, cancellationToken), Done(target), cancellationToken);
    }

    /// <summary>Where the API server keeps the object.</summary>
    /// <exception cref="ActionException">It has no such kind.</exception>
    protected abstract Task<ResourceDefinition> ResourceAsync(ActionContext context, ObjectInput named, CancellationToken cancellationToken);

    /// <summary>The object that the inputs name.</summary>
    protected virtual ObjectInput NamedBy(ActionInputs inputs) => ObjectInput.Read(inputs);

    /// <summary>How risky; dangerous unless an action says otherwise.</summary>
    protected virtual RiskLevel RiskOf(ActionInputs inputs) => RiskLevel.Dangerous;

    /// <summary>Why it has this risk, the gravest first.</summary>
    protected abstract IReadOnlyList<string> Reasons(ActionInputs inputs);

    /// <summary>Checks that the object may be taken away, and says what comes of that.</summary>
    /// <exception cref="ActionException">It may not.</exception>
    protected abstract string Look(ActionContext context, JsonObject found, string title);

    /// <summary>One request with the target's UID as its precondition, asked as a dry run where the context says so.</summary>
    protected abstract Task SendAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken);

    /// <summary>The output once it is done.</summary>
    protected virtual string Done(ActionTarget target) => $"{Resources.Title(target)} deleted\n";

    private ObjectInput Check(ActionInputs inputs)
    {
        InputCheck.Check(declaration, inputs);
        return NamedBy(inputs);
    }
}
