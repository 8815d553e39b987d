namespace RunbookOperator.Kubernetes;

/// <summary>An entry of a kubeconfig file, for errors.</summary>
/// <param name="File">The file.</param>
/// <param name="Entry">Such as <c>user "jane"</c>.</param>
internal sealed record Place(string File, string Entry)
{
    public static Place Unknown { get; } = new("kubeconfig", "entry");

    /// <summary>What is wrong with a field of it.</summary>
    public ConfigurationException Error(string field, string problem, Exception? inner = null) =>
        new($"{File}: {Entry}: {field} {problem}", inner);
}
