using System.Text.Json.Nodes;

namespace RunbookOperator.Actions;

/// <summary>kubernetes/set-image: gives a container of a workload another image.</summary>
internal sealed class SetImageAction() : ContainerChange(new ActionDeclaration(
    "kubernetes/set-image",
    "Gives a container of a workload another image.",
    ChangesState: true,
    [.. Inputs, new(Image, ActionInputType.Text, "The image, best with its digest.", Required: true)]))
{
    private const string Image = "image";

    protected override string UndoBefore => "Set the image back to the one it had before.";

    protected override IReadOnlyList<string> Reasons(ActionInputs inputs)
    {
        const string Replaces = "replaces every pod, a few at a time, by one that runs another image";
        return inputs.IsOpen(Image) ? [Replaces, "which image is not known before the run"]
            : ImageName.Open(inputs.Text(Image)!) is { } open ? [Replaces, open]
            : [Replaces];
    }

    protected override void CheckInputs(ActionInputs inputs)
    {
        base.CheckInputs(inputs);
        if (!inputs.IsOpen(Image) && !ImageName.IsImage(inputs.Required(Image)))
        {
            throw new ActionException("the input image must be an image such as registry.example/web:1.8");
        }
    }

    protected override JsonObject Fields(ActionInputs inputs) => new() { [Image] = inputs.Required(Image) };

    protected override JsonObject FieldsBefore(JsonNode? seen) => new() { [Image] = seen.Text(Image) };

    protected override (JsonObject Seen, string Undo) See(string title, JsonNode container, ActionInputs inputs)
    {
        var image = container.Text(Image);
        return (new JsonObject { [Image] = image }, $"Set the image of {title} back to {image}.");
    }

    protected override string? Drift(JsonNode container, ActionInputs inputs) => container.Text(Image) == inputs.Text(Image)
        ? null
        : $"container {container.Text("name")} has the image {container.Text(Image)} by now; the step had set {inputs.Text(Image)}";

    protected override string Done(ActionContext context, ActionTarget target) =>
        $"{Title(target)}: container {target.Seen.Text(Container)} goes from {target.Seen.Text(Image)} to {context.Inputs.Text(Image)}\n";

    protected override string Undone(ActionContext context, ActionTarget target) =>
        $"{Title(target)}: container {target.Seen.Text(Container)} goes back to {target.Seen.Text(Image)}\n";
}
