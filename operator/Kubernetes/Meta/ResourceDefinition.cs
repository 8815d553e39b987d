namespace RunbookOperator.Kubernetes;

/// <summary>Where the API server keeps a kind.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Version">The version, such as <c>v1</c>.</param>
/// <param name="Kind">The kind, such as <c>Deployment</c>.</param>
/// <param name="Plural">The resource's name in paths and in RBAC rules, such as <c>deployments</c>.</param>
/// <param name="Namespaced">Whether objects of the kind live in a namespace.</param>
public sealed record ResourceDefinition(string Group, string Version, string Kind, string Plural, bool Namespaced = true)
{
    /// <summary>Group and version as objects carry them: <c>apps/v1</c>, or <c>v1</c> for the core group.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>The resource as <c>kubectl</c> prints it: <c>deployments.apps</c>, or <c>pods</c> for the core group.</summary>
    public string GroupResource => Group.Length == 0 ? Plural : $"{Plural}.{Group}";
}
