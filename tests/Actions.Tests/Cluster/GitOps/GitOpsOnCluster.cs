using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions.Tests.Cluster;

/// <summary>What tests of Flux and Argo CD do on the real API server.</summary>
public abstract class GitOpsOnCluster : ActionsOnCluster
{
    protected const string UndoAttempt = "run-a1-undo-1";

    internal static IAction Of(string name) => ActionCatalog.Default.Find(name)!;

    internal async Task<JsonObject> MakeAsync(ResourceDefinition resource, string name, string fields)
    {
        await GitOpsDefinitions.InstallAsync();
        var manifest = JsonNode.Parse(fields)!.AsObject();
        manifest["apiVersion"] = resource.ApiVersion;
        manifest["kind"] = resource.Kind;
        manifest["metadata"] = new JsonObject { ["name"] = name };
        return await ApplyAsync(resource, manifest);
    }

    internal static async Task<(ActionTarget Target, ActionOutcome Outcome)> DoAsync(string action, ActionContext context)
    {
        var target = await Of(action).PrepareAsync(context, CancellationToken.None);
        return (target!, await Of(action).ActAsync(context, target, CancellationToken.None));
    }

    internal static async Task<(ActionTarget Target, ActionOutcome Outcome)> TakeBackAsync(string action, ActionContext context, ActionTarget done)
    {
        var undoing = context with { AttemptId = UndoAttempt };
        var target = await Of(action).PrepareUndoAsync(undoing, done, CancellationToken.None);
        return (target!, await Of(action).UndoAsync(undoing, target!, CancellationToken.None));
    }

    internal static Task<ActionException> RefusalAsync(string action, ActionContext context) =>
        Assert.ThrowsAsync<ActionException>(() => Of(action).PrepareAsync(context, CancellationToken.None));
}
