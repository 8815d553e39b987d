using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>Finalizers: read them, and make the patch that changes them. Pure.</summary>
public static class Finalizers
{
    /// <summary>Whether <paramref name="value"/> carries <paramref name="finalizer"/>.</summary>
    public static bool Contains(IKubernetesObject value, string finalizer) => value.Metadata.Finalizers?.Contains(finalizer) == true;

    /// <summary>The patch that adds it. It fails with a conflict if the object has changed since it was read.</summary>
    public static Patch Adding(IKubernetesObject value, string finalizer) =>
        Replacing(value, (value.Metadata.Finalizers ?? []).Where(other => other != finalizer).Append(finalizer));

    /// <summary>The patch that removes it. It fails with a conflict if the object has changed since it was read.</summary>
    public static Patch Removing(IKubernetesObject value, string finalizer) =>
        Replacing(value, (value.Metadata.Finalizers ?? []).Where(other => other != finalizer));

    private static Patch Replacing(IKubernetesObject value, IEnumerable<string> finalizers) =>
        new(PatchType.Merge, new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["resourceVersion"] = value.Metadata.ResourceVersion,
                ["finalizers"] = new JsonArray([.. finalizers.Select(name => JsonValue.Create(name))]),
            },
        });
}
