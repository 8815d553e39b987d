using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>kubernetes/wait: waits until an object is as it should be.</summary>
internal sealed class WaitAction() : ReadAction(new ActionDeclaration(
    "kubernetes/wait",
    "Waits until an object is as it should be; how long is the step's timeout.",
    ChangesState: false,
    [
        new("kind", ActionInputType.Text, "Any kind, such as Deployment.", Required: true),
        new("apiVersion", ActionInputType.Text, "Group and version, where several groups have the kind. Defaults to what the server prefers."),
        new("name", ActionInputType.Text, "The object's name.", Required: true),
        ObjectInput.NamespaceInput,
        new(For, ActionInputType.Text, "Available, Ready, Complete, Deleted, or condition=NAME or condition=NAME=STATUS.", Required: true),
    ]))
{
    /// <summary>How long after a look the next one is due.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private const string For = "for";

    protected override string Reason(ActionInputs inputs) => "only reads, again and again";

    protected override string Touches(ActionInputs inputs) => ObjectInput.Read(inputs).ToString();

    protected override void CheckInputs(ActionInputs inputs)
    {
        ObjectInput.Read(inputs);
        if (!inputs.IsOpen(For))
        {
            WaitGoal.Parse(inputs.Required(For));
        }
    }

    protected override async Task<ActionOutcome> ReadAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var wanted = ObjectInput.Read(context.Inputs);
        var goal = WaitGoal.Parse(context.Inputs.Required(For));
        var resource = await ObjectInput.DiscoverAsync(context, wanted.Kind, cancellationToken);
        var ns = resource.Namespaced ? wanted.Namespace ?? context.Namespace : "";
        var title = $"{resource.Kind} {new NamespacedName(ns, wanted.Name!)}";
        try
        {
            var found = await context.Client.GetAsync(resource, new NamespacedName(ns, wanted.Name!), cancellationToken);
            var state = goal.Look(found);
            return state switch
            {
                { Reached: true } => new ActionOutcome.Succeeded($"{title}: {state.Message}\n"),
                { Hopeless: true } => new ActionOutcome.Failed(Sentence(title, state)),
                _ => new ActionOutcome.Pending(Sentence(title, state), Interval),
            };
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return goal.Kind == WaitKind.Deleted
                ? new ActionOutcome.Succeeded($"{title} is gone\n")
                : new ActionOutcome.Pending($"{title} is not there", Interval);
        }
    }

    private static string Sentence(string title, WaitState state) => Variables.Clean($"{title}: {state.Message}", Limits.Message);
}
