using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Cluster.Stories;

/// <summary>What people and the world do in the story, and how it must end, whoever was ended on the way.</summary>
internal static class Plot
{
    /// <summary>Writes that the operator makes for it, at the least.</summary>
    public const int WritesOfStory = 26;

    public static async Task PlayAsync(Stage stage, Func<Uri> alerts)
    {
        await stage.UntilSyncedAsync("checkout-slow");
        await stage.AlertAsync(alerts);
        await Stage.UntilAsync("a step waits for Riley", async () =>
            (await stage.RunAsync())?.Status?.Steps?.Any(step => step is { Name: "bounce", State: StepState.Waiting }) == true);
        await Stage.UntilAsync("Riley's decision is taken", async () => await TryAsync(() => stage.DecideAsync("bounce", ApprovalDecision.Approve, "looks right")));
        await Stage.UntilAsync("the run ends", async () => ExecutionPhase.IsFinal((await stage.RunAsync())?.Status?.Phase));
        await Stage.UntilAsync("Riley's note is taken", async () => await TryAsync(() => NoteAsync(stage)));
        await stage.AlertAsync(alerts, firing: false);
        await Stage.UntilAsync("the incident is over, and something was proposed", async () =>
            (await stage.IncidentAsync())?.Status is { Phase: IncidentPhase.Resolved, Suggestions: not null });
    }

    public static async Task CheckAsync(Stage stage)
    {
        var run = (await stage.RunAsync())!;
        Assert.Equal(ExecutionPhase.Succeeded, run.Status!.Phase);
        Assert.Equal(["deployment:Succeeded:1", "waiting:Succeeded:1", "bounce:Succeeded:1"], run.Status.Steps!.Select(step => $"{step.Name}:{step.State}:{step.Attempt}"));
        Assert.Equal("riley", run.Status.ApprovedBy);
        Assert.Equal("10", run.Status.Variables!["waiting"]);

        // Each attempt began once, as the API server saw it.
        Assert.Equal(run.Status.Steps!.Where(step => step.Pod is not null).Select(step => step.Pod), stage.Ledger.Pods.Select(pod => pod.Name));
        Assert.Single(stage.Ledger.Restarts);

        var incident = (await stage.IncidentAsync())!;
        Assert.Equal([run.Metadata.Name!], incident.Status!.Executions!);
        Assert.Equal(1, incident.Spec.AlertCount);
        Assert.Equal("riley", incident.Spec.Notes!.Single().User);
        var suggestion = Assert.Single(incident.Status.Suggestions!);
        Assert.Equal("AddStep", suggestion.Kind);
        Assert.Equal("Open", suggestion.State);

        var kept = Assert.Single(await stage.Client.ListAllAsync<RunbookSuggestion>(stage.Namespace, null, CancellationToken.None));
        Assert.Equal((SuggestionKind.AddStep, SuggestionState.Open, suggestion.Branch, suggestion.Commit),
            (kept.Spec.Kind, kept.Status!.State, kept.Status.PullRequest!.Branch, kept.Status.PullRequest.Commit));
        Assert.Equal([incident.Metadata.Name!, run.Metadata.Name!], kept.Spec.Evidence.Select(evidence => evidence.Name));
        Assert.Contains("+    run: kubectl get endpoints checkout", kept.Spec.Patch, StringComparison.Ordinal);

        var diff = await GitAsync(stage, "diff", "main", suggestion.Branch!);
        Assert.DoesNotContain("\n-", diff.Replace("\n---", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("kubectl get endpoints checkout", diff, StringComparison.Ordinal);
        Assert.Equal("1", (await GitAsync(stage, "rev-list", "--count", $"main..{suggestion.Branch}")).Trim());
        Assert.Contains(run.Metadata.Name!, await GitAsync(stage, "notes", "--ref=pull-requests", "show", suggestion.Branch!), StringComparison.Ordinal);
    }

    public static async Task CheckAuditAsync(Stage stage, string audit)
    {
        var run = (await stage.RunAsync())!;
        var lines = audit.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Contains(lines, line => (string?)line["actor"] == "riley" && (string?)line["what"] == "approved");
        Assert.Equal(run.Status!.Audit!.Head, (string?)lines[^1]["head"]);
        Assert.Equal(run.Status.Audit.Entries!.Count, lines.Count);
    }

    private static async Task NoteAsync(Stage stage)
    {
        var incident = (await stage.IncidentAsync())!;
        if (incident.Spec.Notes is { Count: > 0 })
        {
            return;
        }

        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = incident.Metadata.ResourceVersion },
            ["spec"] = new JsonObject
            {
                ["notes"] = new JsonArray(new JsonObject { ["text"] = "the endpoints were fine", ["command"] = "kubectl get endpoints checkout" }),
            },
        };
        await stage.Riley.PatchAsync<Incident>(NamespacedName.Of(incident), new Patch(PatchType.Merge, patch), CancellationToken.None);
    }

    // While the operator is down its webhook cannot answer, and the API server takes no decision: a person would try again.
    private static async Task<bool> TryAsync(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (ApiException exception)
        {
            return exception.IsAlreadyExists;
        }
    }

    private static async Task<string> GitAsync(Stage stage, params string[] arguments) =>
        (await Shell.RunAsync("git", ["-C", stage.Repository, .. arguments], null, CancellationToken.None)).EnsureSuccess().Output;
}
