using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>The object that the inputs <c>kind</c>, <c>name</c> and <c>namespace</c> name. Parts may still hold <c>${name}</c>.</summary>
/// <param name="Kind">The kind as written.</param>
/// <param name="Name">The name, or null for all.</param>
/// <param name="Namespace">The namespace, or null for the run's own.</param>
internal sealed record ObjectInput(string Kind, string? Name, string? Namespace)
{
    public static readonly ActionInput NamespaceInput = new("namespace", ActionInputType.Text, "The namespace. Defaults to the run's own.");

    /// <summary>Reads the three inputs and checks what is known of them.</summary>
    /// <exception cref="ActionException">A name is none.</exception>
    public static ObjectInput Read(ActionInputs inputs)
    {
        var kind = inputs.Text("kind") ?? "";
        if (kind.Length > 0 && !inputs.IsOpen("kind") && !ObjectNames.IsKind(kind))
        {
            throw new ActionException("the input kind must be a kind such as Deployment");
        }

        var name = inputs.Text("name");
        if (name is not null && !inputs.IsOpen("name") && !ObjectNames.IsSegment(name))
        {
            throw new ActionException("the input name must be the name of an object");
        }

        return new ObjectInput(kind, name, ReadNamespace(inputs));
    }

    /// <summary>Reads the input <c>namespace</c>; null if it is not given.</summary>
    public static string? ReadNamespace(ActionInputs inputs)
    {
        var ns = inputs.Text("namespace");
        return ns is null || inputs.IsOpen("namespace") || ObjectNames.IsLabel(ns)
            ? ns
            : throw new ActionException("the input namespace must be the name of a namespace");
    }

    /// <summary>Such as <c>Deployment checkout/web</c>.</summary>
    public override string ToString() => Variables.Clean($"{Kind} {(Namespace is null ? "" : Namespace + "/")}{Name}", Limits.Line);

    /// <summary>Finds the kind on the server.</summary>
    /// <exception cref="ActionException">It has no such kind.</exception>
    public static async Task<ResourceDefinition> DiscoverAsync(ActionContext context, string kind, CancellationToken cancellationToken) =>
        await context.Client.DiscoverAsync(kind, context.Inputs.Text("apiVersion"), cancellationToken)
            ?? throw new ActionException($"the cluster has no kind {kind}");
}
