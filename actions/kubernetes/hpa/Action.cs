using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>kubernetes/hpa: sets between how many pods a HorizontalPodAutoscaler may choose.</summary>
internal sealed class HpaAction() : SpecChange(new ActionDeclaration(
    "kubernetes/hpa",
    "Sets between how many pods a HorizontalPodAutoscaler may choose.",
    ChangesState: true,
    [
        new("name", ActionInputType.Text, "The HorizontalPodAutoscaler's name.", Required: true),
        ObjectInput.NamespaceInput,
        new(Minimum, ActionInputType.Number, "The fewest pods, from 1. Defaults to what it is."),
        new(Maximum, ActionInputType.Number, $"The most pods, to {ScaleAction.MaximumReplicas}. Defaults to what it is."),
    ]))
{
    private const string Minimum = "minReplicas";
    private const string Maximum = "maxReplicas";

    // Every server has v1 with both bounds; a merge patch leaves what only newer versions know.
    private static readonly ResourceDefinition Autoscaler = new("autoscaling", "v1", "HorizontalPodAutoscaler", "horizontalpodautoscalers");

    protected override string UndoBefore => "Set the bounds back to what they were before.";

    protected override IReadOnlyList<string> Reasons(ActionInputs inputs) => ["changes between how many pods the autoscaler may choose"];

    protected override ObjectInput NamedBy(ActionInputs inputs) => ObjectInput.Read(inputs) with { Kind = Autoscaler.Kind };

    protected override void CheckInputs(ActionInputs inputs)
    {
        if (inputs.Text(Minimum) is null && inputs.Text(Maximum) is null)
        {
            throw new ActionException($"give {Minimum}, {Maximum} or both");
        }

        foreach (var name in (string[])[Minimum, Maximum])
        {
            if (!inputs.IsOpen(name) && inputs.Number(name) is < 1 or > ScaleAction.MaximumReplicas)
            {
                throw new ActionException($"the input {name} must be from 1 to {ScaleAction.MaximumReplicas}");
            }
        }

        if (!inputs.IsOpen(Minimum) && !inputs.IsOpen(Maximum) && inputs.Number(Minimum) > inputs.Number(Maximum))
        {
            throw new ActionException($"the input {Minimum} must not be more than {Maximum}");
        }
    }

    protected override Task<ResourceDefinition> ResourceAsync(ActionContext context, ObjectInput named, CancellationToken cancellationToken) =>
        Task.FromResult(Autoscaler);

    protected override void CheckFound(ActionContext context, string title, JsonObject found)
    {
        var (minimum, maximum) = (context.Inputs.Number(Minimum) ?? found.Number("spec", Minimum) ?? 1, context.Inputs.Number(Maximum) ?? found.Number("spec", Maximum));
        if (minimum > maximum)
        {
            throw new ActionException($"{title} would have a minimum of {minimum} and a maximum of {maximum}");
        }
    }

    protected override JsonObject Fields(ActionInputs inputs)
    {
        var fields = new JsonObject();
        foreach (var name in (string[])[Minimum, Maximum])
        {
            if (inputs.Number(name) is { } bound)
            {
                fields[name] = bound;
            }
        }

        return fields;
    }

    protected override JsonNode? Default(string field) => field == Minimum ? 1 : null;

    protected override string UndoWith(string title, JsonObject seen) => $"Set {title} back to {Describe(seen)}.";

    protected override string Describe(JsonObject values) => string.Join(" and ", Words(values));

    protected override string Done(ActionContext context, ActionTarget target) =>
        $"{Title(target)} set from {Describe(target.Seen ?? [])} to {Describe(Fields(context.Inputs))}\n";

    private static IEnumerable<string> Words(JsonObject values)
    {
        if (values.Number(Minimum) is { } minimum)
        {
            yield return $"at least {minimum}";
        }

        if (values.Number(Maximum) is { } maximum)
        {
            yield return $"at most {maximum}";
        }
    }
}
