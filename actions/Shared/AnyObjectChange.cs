using RunbookOperator.Kubernetes;
using RunbookOperator.Risk;

namespace RunbookOperator.Actions;

/// <summary>A change of one object of any kind. What it risks is judged before the server is asked, so the kind that is found must be the one that
/// was judged: short names and other groups' kinds of the same name cannot slip through.</summary>
internal abstract class AnyObjectChange(ActionDeclaration declaration) : ObjectChange(declaration)
{
    public static readonly IReadOnlyList<ActionInput> Inputs =
    [
        new("kind", ActionInputType.Text, "Any kind, such as Deployment or certificates.cert-manager.io.", Required: true),
        new("apiVersion", ActionInputType.Text, "Group and version, where several groups have the kind. Defaults to what the server prefers."),
        new("name", ActionInputType.Text, "The object's name.", Required: true),
        ObjectInput.NamespaceInput,
    ];

    protected override bool AnyName => true;

    /// <summary>The kind that the inputs name.</summary>
    protected static KindRisk KindOf(ActionInputs inputs) =>
        inputs.IsOpen("kind") || inputs.IsOpen("apiVersion") ? KindRisk.Open : KindRisk.Named(inputs.Required("kind"), inputs.Text("apiVersion"));

    /// <summary>Risk and reasons together, the gravest first.</summary>
    protected abstract RiskFinding Judge(ActionInputs inputs);

    protected override RiskLevel RiskOf(ActionInputs inputs) => Judge(inputs).Level;

    protected override IReadOnlyList<string> Reasons(ActionInputs inputs) => Judge(inputs).Reasons;

    protected override async Task<ResourceDefinition> ResourceAsync(ActionContext context, ObjectInput named, CancellationToken cancellationToken)
    {
        var resource = await ObjectInput.DiscoverAsync(context, named.Kind, cancellationToken);
        var (judged, found) = (KindOf(context.Inputs), KindRisk.Of(resource));
        var same = judged.GroupResource.Length == 0 ? found.Weight <= judged.Weight : found.GroupResource == judged.GroupResource;
        return same ? resource : throw new ActionException($"{named.Kind} is {resource.GroupResource} on this server, which is not what was judged; write that as the kind");
    }
}
