using RunbookOperator.TestKit;

namespace RunbookOperator.Actions.Tests.Cluster;

/// <summary>The kinds of Flux and Argo CD as far as actions touch them: their own groups, names and fields, everything else kept as it is. Their
/// controllers are not here; what they would write is written by the tests.</summary>
internal static class GitOpsDefinitions
{
    private static readonly Lazy<Task> Installed = new(ApplyAsync);

    private static readonly (string Group, string Version, string Kind, string Plural)[] Kinds =
    [
        ("kustomize.toolkit.fluxcd.io", "v1", "Kustomization", "kustomizations"),
        ("helm.toolkit.fluxcd.io", "v2", "HelmRelease", "helmreleases"),
        ("source.toolkit.fluxcd.io", "v1", "GitRepository", "gitrepositories"),
        ("source.toolkit.fluxcd.io", "v1", "HelmRepository", "helmrepositories"),
        ("source.toolkit.fluxcd.io", "v1beta2", "OCIRepository", "ocirepositories"),
        ("argoproj.io", "v1alpha1", "Application", "applications"),
    ];

    /// <summary>Returns when every kind is served. They stay: other tests use them too.</summary>
    public static Task InstallAsync() => Installed.Value;

    private static async Task ApplyAsync()
    {
        var kubectl = await Kubectl.AdministratorAsync(CancellationToken.None);
        using var folder = new TemporaryFolder();
        foreach (var (group, version, kind, plural) in Kinds)
        {
            await File.WriteAllTextAsync(folder.File(plural + ".yaml"), $$$"""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: {{{plural}}}.{{{group}}}}
                spec:
                  group: {{{group}}}
                  scope: Namespaced
                  names: {kind: {{{kind}}}, plural: {{{plural}}}, singular: {{{plural[..^1]}}}, listKind: {{{kind}}}List}
                  versions:
                  - name: {{{version}}}
                    served: true
                    storage: true
                    schema:
                      openAPIV3Schema:
                        type: object
                        properties:
                          spec:
                            type: object
                            x-kubernetes-preserve-unknown-fields: true
                            properties:
                              suspend: {type: boolean}
                          operation: {type: object, x-kubernetes-preserve-unknown-fields: true}
                          status: {type: object, x-kubernetes-preserve-unknown-fields: true}
                """);
        }

        var applied = await kubectl.RunAsync(["apply", "--server-side", "--force-conflicts", "-o", "name", "-f", folder.Path]);
        await kubectl.RunAsync(["wait", "--for=condition=Established", "--timeout=30s", .. applied.Split('\n', StringSplitOptions.RemoveEmptyEntries)]);
    }
}
