using System.Text;
using System.Text.Json.Nodes;
using RunbookOperator.Actions;
using RunbookOperator.Api;
using RunbookOperator.Documents;
using RunbookOperator.Git;
using RunbookOperator.Kubernetes;
using RunbookOperator.Risk;
using RunbookOperator.Sync;

namespace RunbookOperator.Operator.Tests;

/// <summary>Files of a repository and Runbooks of a namespace, without either.</summary>
internal static class SyncWorld
{
    public static readonly NamespacedName Repository = new("shop", "runbooks");

    public static readonly RunbookFiles Files = new(new RunbookReader(), new RunbookValidator(new ActionCatalog([]), new RiskClassifier()));

    public static string Runbook(string name, string title = "Slow", string metadata = "") => $"""
        apiVersion: runbooks.dev/v1alpha1
        kind: Runbook
        metadata:
          name: {name}
        {metadata}
        spec:
          title: {title}
          owner: team
          steps:
          - name: look
            manual: Look at it
        """;

    public static SyncRead Read(string commit, params (string Path, string Content)[] files)
    {
        var contents = files.ToDictionary(file => file.Path, file => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(file.Content));
        var tree = new GitTree([.. files.Select(file => new GitFile(file.Path, file.Path))], [], files.Length);
        return SyncRead.Of(new GitSnapshot(commit, tree, contents, new Dictionary<string, string>()), Files.Read);
    }

    public static SyncPlan Plan(SyncRead read, IReadOnlyList<ExistingRunbook> existing, bool prune = true) =>
        SyncPlan.Make(Repository, read, existing, prune);

    /// <summary>The namespace after a plan, as the API server would keep it.</summary>
    public static List<ExistingRunbook> After(SyncPlan plan)
    {
        var stored = plan.Kept.ToList();
        foreach (var write in plan.Apply)
        {
            var content = (JsonObject)write.Manifest.DeepClone();
            content["metadata"]!["uid"] = "uid-" + write.Desired.Name;
            content["metadata"]!["generation"] = 1;
            content["spec"]!["mode"] = "ReadAlong";
            stored.Add(new ExistingRunbook(content));
        }

        return stored;
    }

    /// <summary>A Runbook that is there already.</summary>
    public static ExistingRunbook Stored(string name, Dictionary<string, string>? labels = null, Dictionary<string, string>? annotations = null) => new(
        new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name, ["uid"] = "uid-" + name, ["labels"] = Map(labels), ["annotations"] = Map(annotations) },
            ["spec"] = new JsonObject { ["title"] = "Theirs" },
        });

    public static string Describe(RepositoryProblem problem) => $"{problem.File}:{problem.Line}:{problem.Column}: {problem.Rule}";

    private static JsonObject? Map(Dictionary<string, string>? values) =>
        values is null ? null : new JsonObject(values.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
}
