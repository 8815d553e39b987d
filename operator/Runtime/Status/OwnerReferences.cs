using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>Owner references: make and read them. Pure.</summary>
public static class OwnerReferences
{
    /// <summary>Names <paramref name="owner"/> as the one that manages an object. <c>blockOwnerDeletion</c> is left out: where the API
    /// server enforces it, it needs a permission on the owner's finalizers.</summary>
    public static OwnerReference ControllerOf<T>(T owner)
        where T : IKubernetesObject<T> => new()
        {
            ApiVersion = T.Definition.ApiVersion,
            Kind = T.Definition.Kind,
            Name = owner.Metadata.Name ?? throw new ArgumentException("The owner has no name.", nameof(owner)),
            Uid = owner.Metadata.Uid ?? throw new ArgumentException("The owner has no UID: it is not stored yet.", nameof(owner)),
            Controller = true,
        };

    /// <summary>The owner that manages an object, or null.</summary>
    public static OwnerReference? FindController(ObjectMeta metadata) =>
        metadata.OwnerReferences?.FirstOrDefault(reference => reference.Controller == true);

    /// <summary>Whether <paramref name="reference"/> means an object of this kind; the version does not matter.</summary>
    public static bool IsOf(OwnerReference reference, ResourceDefinition kind) =>
        reference.Kind == kind.Kind && GroupOf(reference.ApiVersion) == kind.Group;

    private static string GroupOf(string apiVersion) =>
        apiVersion.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 ? apiVersion[..slash] : "";
}
