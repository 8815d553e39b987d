using System.Text.Json.Nodes;

namespace RunbookOperator.Actions;

/// <summary>Pauses or resumes the rollout of a Deployment.</summary>
internal abstract class PausedChange(ActionDeclaration declaration, bool paused) : SpecChange(declaration)
{
    public static readonly IReadOnlyList<ActionInput> Inputs =
    [
        Workloads.KindInput(Workloads.Deployment),
        new("name", ActionInputType.Text, "The Deployment's name.", Required: true),
        ObjectInput.NamespaceInput,
    ];

    private const string Paused = "paused";

    protected override Task<Kubernetes.ResourceDefinition> ResourceAsync(ActionContext context, ObjectInput named, CancellationToken cancellationToken) =>
        Task.FromResult(Workloads.Deployment);

    protected override JsonObject Fields(ActionInputs inputs) => new() { [Paused] = paused };

    // The API server leaves out what is false.
    protected override JsonNode? Default(string field) => false;

    protected override string UndoWith(string title, JsonObject seen) => paused ? $"Resume the rollout of {title}." : $"Pause the rollout of {title} again.";

    protected override string Describe(JsonObject values) => values.Flag(Paused) ? "paused" : "not paused";

    protected override string Done(ActionContext context, ActionTarget target) => $"{Title(target)} {(paused ? "paused" : "resumed")}\n";
}
