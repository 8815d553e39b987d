using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Sync;

/// <summary>Who owns a Runbook in the cluster.</summary>
internal static class Ownership
{
    private static readonly (string Name, string Owner)[] Marks =
    [
        ("kustomize.toolkit.fluxcd.io/name", "Flux"),
        ("kustomize.toolkit.fluxcd.io/namespace", "Flux"),
        ("helm.toolkit.fluxcd.io/name", "Flux"),
        ("helm.toolkit.fluxcd.io/namespace", "Flux"),
        ("argocd.argoproj.io/instance", "Argo CD"),
        ("argocd.argoproj.io/tracking-id", "Argo CD"),
    ];

    private static readonly string[] Own = [Names.RepositoryLabel, Names.FileAnnotation, Names.CommitAnnotation, Names.HashAnnotation];

    /// <summary>Whether a label or annotation says who owns an object; a file cannot set it.</summary>
    public static bool IsMark(string name) => Own.Contains(name) || Marks.Any(mark => mark.Name == name);

    /// <summary>Whether the repository applied it and nobody else claims it.</summary>
    public static bool IsOf(ExistingRunbook runbook, string repository) => Other(runbook, repository) is null;

    /// <summary>Whose it is if it is not the repository's, in the words of a message; null if it is the repository's.</summary>
    public static string? Other(ExistingRunbook runbook, string repository)
    {
        var metadata = runbook.Content["metadata"];
        if (Marks.FirstOrDefault(mark => Carries(metadata?["labels"], mark.Name) || Carries(metadata?["annotations"], mark.Name)) is { Owner: { } owner })
        {
            return $"is managed by {owner}";
        }

        var label = runbook.Label(Names.RepositoryLabel);
        return label == repository ? null
            : string.IsNullOrEmpty(label) ? "was not made by a RunbookRepository"
            : $"belongs to the RunbookRepository {label}";
    }

    private static bool Carries(JsonNode? map, string name) => map is JsonObject members && members.ContainsKey(name);
}
