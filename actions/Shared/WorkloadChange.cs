using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Risk;

namespace RunbookOperator.Actions;

/// <summary>What all actions that change one workload have in common: they record what they saw, and act once on exactly that.</summary>
internal abstract class WorkloadChange(ActionDeclaration declaration) : IAction
{
    public ActionDeclaration Declaration => declaration;

    /// <summary>What undoes it, said before the workload was looked at.</summary>
    protected abstract string UndoBefore { get; }

    public ActionAssessment Assess(ActionInputs inputs)
    {
        var workload = Check(inputs);
        return new ActionAssessment(RiskLevel.Caution, Reasons(inputs), workload.ToString(), UndoBefore);
    }

    public async Task<ActionTarget?> PrepareAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var workload = Check(context.Inputs);
        if (context.Inputs.VariableNames.FirstOrDefault() is { } open)
        {
            throw new ActionException($"the variable {open} has no value");
        }

        var ns = workload.Namespace ?? context.Namespace;
        var found = await FindAsync(context, Workloads.Of(workload.Kind), new NamespacedName(ns, workload.Name!), cancellationToken);
        if (found.Text("metadata", "deletionTimestamp") is not null)
        {
            throw new ActionException($"{workload.Kind} {ns}/{workload.Name} is being deleted");
        }

        var (seen, undo) = await LookAsync(context, found, cancellationToken);
        seen[ActionTarget.SeenAttempt] = found.Text("metadata", "annotations", Names.AttemptAnnotation);
        return new ActionTarget
        {
            ApiVersion = Workloads.Of(workload.Kind).ApiVersion,
            Kind = workload.Kind,
            Namespace = ns,
            Name = workload.Name!,
            Uid = found.Text("metadata", "uid") ?? "",
            ResourceVersion = found.Text("metadata", "resourceVersion") ?? "",
            Seen = seen,
            Undo = undo,
        };
    }

    public Task<ActionOutcome> ActAsync(ActionContext context, ActionTarget? target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        return GuardedPatch.SendAsync(context, target, () => PatchAsync(context, target, cancellationToken), Done(context, target), cancellationToken);
    }

    /// <summary>Such as <c>Deployment checkout/web</c>.</summary>
    protected static string Title(ActionTarget target) => $"{target.Kind} {target.Namespace}/{target.Name}";

    /// <summary>Why it is caution, the gravest first.</summary>
    protected abstract IReadOnlyList<string> Reasons(ActionInputs inputs);

    /// <summary>Checks the inputs beyond kind, name and namespace.</summary>
    protected virtual void CheckInputs(ActionInputs inputs)
    {
    }

    /// <summary>Checks that the workload can be changed, and says what undoing needs, and what undoes it.</summary>
    /// <exception cref="ActionException">It cannot.</exception>
    protected abstract Task<(JsonObject Seen, string Undo)> LookAsync(ActionContext context, JsonObject workload, CancellationToken cancellationToken);

    /// <summary>The change as one patch with <see cref="ActionTarget.ResourceVersion"/> as its precondition and the attempt's annotation.</summary>
    protected abstract Task<Patch> PatchAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken);

    /// <summary>The output once it is done.</summary>
    protected abstract string Done(ActionContext context, ActionTarget target);

    private ObjectInput Check(ActionInputs inputs)
    {
        InputCheck.Check(declaration, inputs);
        var workload = ObjectInput.Read(inputs);
        if (!inputs.IsOpen("name") && !ObjectNames.IsSubdomain(workload.Name!))
        {
            throw new ActionException($"the input name must be the name of a {workload.Kind}");
        }

        CheckInputs(inputs);
        return workload;
    }

    private static async Task<JsonObject> FindAsync(
        ActionContext context, ResourceDefinition resource, NamespacedName name, CancellationToken cancellationToken)
    {
        try
        {
            return await context.Client.GetAsync(resource, name, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            throw new ActionException($"{resource.Kind} {name} does not exist");
        }
        catch (ApiException exception) when (ApiFailure.Of(exception, cancellationToken) is { Kind: FailureKind.Refused } failure)
        {
            throw new ActionException(failure.Message);
        }
    }
}
