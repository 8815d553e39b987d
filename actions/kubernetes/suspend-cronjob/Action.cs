using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>kubernetes/suspend-cronjob: keeps a CronJob from starting jobs, or lets it start them again.</summary>
internal sealed class SuspendCronJobAction() : SpecChange(new ActionDeclaration(
    "kubernetes/suspend-cronjob",
    "Keeps a CronJob from starting jobs, or lets it start them again.",
    ChangesState: true,
    [
        new("name", ActionInputType.Text, "The CronJob's name.", Required: true),
        ObjectInput.NamespaceInput,
        new(Suspend, ActionInputType.Flag, "Whether it is to be suspended. Defaults to true; false lets it start jobs again."),
    ]))
{
    private const string Suspend = "suspend";

    protected override string UndoBefore => "Set suspend back to what it was before.";

    protected override IReadOnlyList<string> Reasons(ActionInputs inputs) => inputs.IsOpen(Suspend)
        ? ["whether jobs stop or start again is not known before the run", "changes whether scheduled jobs start"]
        : Wanted(inputs)
            ? ["no job of its schedule starts any more; those that run go on"]
            : ["jobs start again by its schedule, and one that was missed within its starting deadline at once"];

    protected override ObjectInput NamedBy(ActionInputs inputs) => ObjectInput.Read(inputs) with { Kind = "CronJob" };

    // batch/v1 has it since 1.21, batch/v1beta1 before.
    protected override Task<ResourceDefinition> ResourceAsync(ActionContext context, ObjectInput named, CancellationToken cancellationToken) =>
        ObjectInput.DiscoverAsync(context, "cronjobs.batch", cancellationToken);

    protected override JsonObject Fields(ActionInputs inputs) => new() { [Suspend] = Wanted(inputs) };

    protected override JsonNode? Default(string field) => false;

    protected override string UndoWith(string title, JsonObject seen) => seen.Flag(Suspend) ? $"Suspend {title} again." : $"Let {title} start jobs again.";

    protected override string Describe(JsonObject values) => values.Flag(Suspend) ? "suspended" : "not suspended";

    protected override string Done(ActionContext context, ActionTarget target) =>
        $"{Title(target)} {(Wanted(context.Inputs) ? "is suspended" : "starts jobs again")}\n";

    private static bool Wanted(ActionInputs inputs) => inputs.Text(Suspend) is null || inputs.Flag(Suspend);
}
