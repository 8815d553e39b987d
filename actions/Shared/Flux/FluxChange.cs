using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>A change of one of Flux's objects (https://fluxcd.io/flux/components/).</summary>
internal abstract class FluxChange(ActionDeclaration declaration) : ObjectChange(declaration)
{
    protected const string SeenSuspend = "suspend";

    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["Kustomization"] = "kustomizations.kustomize.toolkit.fluxcd.io",
        ["HelmRelease"] = "helmreleases.helm.toolkit.fluxcd.io",
        ["GitRepository"] = "gitrepositories.source.toolkit.fluxcd.io",
        ["HelmRepository"] = "helmrepositories.source.toolkit.fluxcd.io",
        ["OCIRepository"] = "ocirepositories.source.toolkit.fluxcd.io",
    };

    /// <summary>The inputs that name the object.</summary>
    public static IReadOnlyList<ActionInput> Inputs { get; } =
    [
        new("kind", ActionInputType.Text, "The kind of object.", Required: true, [.. Kinds.Keys]),
        new("name", ActionInputType.Text, "The object's name.", Required: true),
        ObjectInput.NamespaceInput,
    ];

    protected override async Task<ResourceDefinition> ResourceAsync(ActionContext context, ObjectInput named, CancellationToken cancellationToken) =>
        await context.Client.DiscoverAsync(Kinds[named.Kind], null, cancellationToken)
            ?? throw new ActionException($"the cluster has no {named.Kind} of Flux");

    protected static bool IsSuspended(JsonObject found) => found.Flag("spec", SeenSuspend);
}
