namespace RunbookOperator.Kubernetes;

/// <summary>metav1.ListMeta, as far as it is used.</summary>
internal sealed record ListMeta(string? ResourceVersion = null, string? Continue = null);

/// <summary>The part of metav1.ObjectMeta that names an object which cannot be decoded as a whole.</summary>
internal sealed record ObjectKey(string? Name = null, string? Namespace = null, string? ResourceVersion = null);
