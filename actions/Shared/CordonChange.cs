using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>Sets whether new pods are scheduled to a node.</summary>
internal abstract class CordonChange(ActionDeclaration declaration) : SpecChange(declaration)
{
    private const string Unschedulable = "unschedulable";

    /// <summary>Whether the node is cordoned by the act.</summary>
    protected abstract bool Cordon { get; }

    /// <summary>Whether a node is cordoned.</summary>
    public static bool IsCordoned(JsonObject node) => node.Flag("spec", Unschedulable);

    protected override ObjectInput NamedBy(ActionInputs inputs) => NodeInput.Read(inputs);

    protected override Task<ResourceDefinition> ResourceAsync(ActionContext context, ObjectInput named, CancellationToken cancellationToken) =>
        Task.FromResult(NodeInput.Resource);

    protected override JsonObject Fields(ActionInputs inputs) => new() { [Unschedulable] = Cordon };

    protected override JsonNode? Default(string field) => false;

    protected override string Describe(JsonObject values) => values.Flag(Unschedulable) ? "cordoned" : "not cordoned";

    protected override string UndoWith(string title, JsonObject seen) => seen.Flag(Unschedulable) ? $"Cordon {title}." : $"Uncordon {title}.";

    protected override string Done(ActionContext context, ActionTarget target) => $"{Title(target)} {(Cordon ? "cordoned" : "uncordoned")}\n";
}
