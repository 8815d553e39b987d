using System.Text.Json.Nodes;

namespace RunbookOperator.Actions;

/// <summary>kubernetes/set-resources: sets how much CPU and memory a container of a workload asks for and may use.</summary>
internal sealed class SetResourcesAction() : ContainerChange(new ActionDeclaration(
    "kubernetes/set-resources",
    "Sets how much CPU and memory a container of a workload asks for and may use.",
    ChangesState: true,
    [
        .. Inputs,
        new("cpuRequest", ActionInputType.Text, "CPU that is kept for it, such as 250m. Defaults to what it is."),
        new("memoryRequest", ActionInputType.Text, "Memory that is kept for it, such as 256Mi. Defaults to what it is."),
        new("cpuLimit", ActionInputType.Text, "CPU it gets at most. Defaults to what it is."),
        new("memoryLimit", ActionInputType.Text, "Memory it gets at most: with more it is killed. Defaults to what it is."),
    ]))
{
    private const string Before = "before";

    protected override string UndoBefore => "Set the amounts back to what they were before.";

    protected override IReadOnlyList<string> Reasons(ActionInputs inputs)
    {
        const string Replaces = "replaces every pod, a few at a time, by one with other amounts of CPU and memory";
        return inputs.Text("memoryLimit") is null ? [Replaces] : [Replaces, "a container that needs more than its memory limit is killed"];
    }

    protected override void CheckInputs(ActionInputs inputs)
    {
        base.CheckInputs(inputs);
        var given = ResourceFields.All.Where(field => inputs.Text(field.Input) is not null).ToList();
        if (given.Count == 0)
        {
            throw new ActionException("give at least one of " + string.Join(", ", ResourceFields.All.Select(field => field.Input)));
        }

        foreach (var (input, _, _) in given.Where(field => !inputs.IsOpen(field.Input)))
        {
            if (Quantity.Parse(inputs.Text(input)) is null or 0)
            {
                throw new ActionException($"the input {input} must be an amount such as 250m or 256Mi");
            }
        }

        CheckOrder(inputs, "cpuRequest", "cpuLimit");
        CheckOrder(inputs, "memoryRequest", "memoryLimit");
    }

    protected override JsonObject Fields(ActionInputs inputs) => ResourceFields.Set(inputs, inputs.Text);

    protected override JsonObject FieldsBefore(JsonNode? seen)
    {
        var asked = new ActionInputs(seen.At("set") as JsonObject);
        return ResourceFields.Set(asked, name => seen.Text(Before, name));
    }

    protected override (JsonObject Seen, string Undo) See(string title, JsonNode container, ActionInputs inputs)
    {
        var (before, set) = (new JsonObject(), new JsonObject());
        foreach (var (input, list, resource) in ResourceFields.All.Where(field => inputs.Text(field.Input) is not null))
        {
            set[input] = inputs.Text(input);
            if (ResourceFields.Read(container, list, resource) is { } value)
            {
                before[input] = value;
            }
        }

        return (new JsonObject { [Before] = before, ["set"] = set }, $"Set {ResourceFields.Describe(inputs, name => before.Text(name))} in {title} again.");
    }

    protected override string? Drift(JsonNode container, ActionInputs inputs)
    {
        foreach (var (input, list, resource) in ResourceFields.All.Where(field => inputs.Text(field.Input) is not null))
        {
            if (ResourceFields.Read(container, list, resource) is var now && !Quantity.Same(now, inputs.Text(input)))
            {
                return $"container {container.Text("name")} has {input} {now ?? "none"} by now; the step had set {inputs.Text(input)}";
            }
        }

        return null;
    }

    protected override string Done(ActionContext context, ActionTarget target) =>
        $"{Title(target)}: container {target.Seen.Text(Container)} goes to {ResourceFields.Describe(context.Inputs, context.Inputs.Text)}\n";

    protected override string Undone(ActionContext context, ActionTarget target) =>
        $"{Title(target)}: container {target.Seen.Text(Container)} goes back to {ResourceFields.Describe(context.Inputs, name => target.Seen.Text(Before, name))}\n";

    private static void CheckOrder(ActionInputs inputs, string request, string limit)
    {
        if (!inputs.IsOpen(request) && !inputs.IsOpen(limit) && Quantity.Parse(inputs.Text(request)) > Quantity.Parse(inputs.Text(limit)))
        {
            throw new ActionException($"the input {request} must not be more than {limit}");
        }
    }
}
