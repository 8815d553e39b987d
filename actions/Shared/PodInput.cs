using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>A pod and one of its containers, as actions name them.</summary>
internal static class PodInput
{
    public const string Pod = "pod";
    public const string Container = "container";

    private const string DefaultContainer = "kubectl.kubernetes.io/default-container";

    public static readonly ActionInput Name = new(Pod, ActionInputType.Text, "The pod's name.", Required: true);

    public static readonly ActionInput ContainerName =
        new(Container, ActionInputType.Text, "The container. Defaults to the only one, or to the one that the pod's annotation names.");

    /// <summary>The pod that the inputs name. Checks the name of the container too.</summary>
    /// <exception cref="ActionException">A name is none.</exception>
    public static ObjectInput Read(ActionInputs inputs)
    {
        var name = inputs.Required(Pod);
        if (!inputs.IsOpen(Pod) && !ObjectNames.IsSubdomain(name))
        {
            throw new ActionException("the input pod must be the name of a pod");
        }

        if (!inputs.IsOpen(Container) && inputs.Text(Container) is { } container && !ObjectNames.IsLabel(container))
        {
            throw new ActionException("the input container must be the name of a container");
        }

        return new ObjectInput("Pod", name, ObjectInput.ReadNamespace(inputs));
    }

    /// <summary>The pod's key.</summary>
    public static NamespacedName NameOf(ActionContext context)
    {
        var named = Read(context.Inputs);
        return new NamespacedName(named.Namespace ?? context.Namespace, named.Name!);
    }

    /// <summary>The container that the inputs choose.</summary>
    /// <exception cref="ActionException">There is none, or it is not clear which.</exception>
    public static string ContainerOf(ActionInputs inputs, JsonObject pod)
    {
        var all = pod.Items("spec", "containers").Select(container => container.Text("name") ?? "").ToList();
        var wanted = inputs.Text(Container) ?? pod.Text("metadata", "annotations", DefaultContainer) ?? (all.Count == 1 ? all[0] : null);
        return wanted is null
            ? throw new ActionException($"the pod has the containers {string.Join(", ", all)}; say which as the input container")
            : all.Contains(wanted) ? wanted : throw new ActionException($"the pod has no container {wanted}; it has {string.Join(", ", all)}");
    }
}
