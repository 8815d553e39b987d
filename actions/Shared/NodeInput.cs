using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>A node, as actions name it.</summary>
internal static class NodeInput
{
    public static readonly ResourceDefinition Resource = new("", "v1", "Node", "nodes", Namespaced: false);

    public static readonly ActionInput Name = new("name", ActionInputType.Text, "The node's name.", Required: true);

    /// <summary>The node that the inputs name.</summary>
    /// <exception cref="ActionException">A name is none.</exception>
    public static ObjectInput Read(ActionInputs inputs)
    {
        var name = inputs.Required("name");
        return inputs.IsOpen("name") || ObjectNames.IsSubdomain(name)
            ? new ObjectInput(Resource.Kind, name, Namespace: null)
            : throw new ActionException("the input name must be the name of a node");
    }
}
