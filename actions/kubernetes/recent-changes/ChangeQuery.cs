namespace RunbookOperator.Actions;

/// <summary>Which changes are looked for.</summary>
/// <param name="Namespace">Where.</param>
/// <param name="Name">What they are to be around: a workload, a pod, a service or an app; null for all of the namespace. If nothing there goes by
/// this name, all of the namespace counts.</param>
/// <param name="Since">The oldest moment.</param>
public sealed record ChangeQuery(string Namespace, string? Name, DateTimeOffset Since);
