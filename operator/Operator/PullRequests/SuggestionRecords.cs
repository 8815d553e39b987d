using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.Kubernetes;
using RunbookOperator.Learning;

namespace RunbookOperator.PullRequests;

/// <summary>Keeps suggestions in the cluster. Each write can be the last of this process: whoever does the same again finds what is there.</summary>
internal sealed class SuggestionRecords(IKubernetesClient client, TimeProvider time)
{
    private readonly StatusWriter _writer = new(client);

    /// <summary>The suggestion of that name, as the API server has it; null if there is none.</summary>
    public Task<RunbookSuggestion?> FindAsync(NamespacedName name, CancellationToken cancellationToken) => client.FindAsync<RunbookSuggestion>(name, cancellationToken);

    /// <summary>Makes the suggestion, or adds its evidence to the one that is there. It is Proposed then, unless it was handed over before.</summary>
    public async Task<RunbookSuggestion> PutAsync(RunbookSuggestion draft, CancellationToken cancellationToken)
    {
        var stored = await CreateAsync(draft, cancellationToken) ?? await GrowAsync(draft, cancellationToken);
        return stored.Status?.State is null or SuggestionState.Merged ? await MarkAsync(stored, SuggestionState.Proposed, null, cancellationToken) : stored;
    }

    /// <summary>Says where the suggestion stands. Nothing is written if it says so already.</summary>
    public Task<RunbookSuggestion> MarkAsync(RunbookSuggestion suggestion, string state, SuggestionPullRequest? pullRequest, CancellationToken cancellationToken) =>
        _writer.WriteAsync(suggestion, suggestion.Status, SuggestionSummary.Of(suggestion, state, pullRequest, time.GetUtcNow()), cancellationToken);

    private async Task<RunbookSuggestion?> CreateAsync(RunbookSuggestion draft, CancellationToken cancellationToken)
    {
        try
        {
            return await client.CreateAsync(draft, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsAlreadyExists)
        {
            return null;
        }
    }

    private async Task<RunbookSuggestion> GrowAsync(RunbookSuggestion draft, CancellationToken cancellationToken)
    {
        var known = await client.GetAsync<RunbookSuggestion>(NamespacedName.Of(draft), cancellationToken);
        if (SuggestionDraft.Grown(known.Spec.Evidence, draft.Spec.Evidence) is not { } evidence)
        {
            return known;
        }

        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = known.Metadata.ResourceVersion },
            ["spec"] = new JsonObject { ["evidence"] = JsonSerializer.SerializeToNode(evidence, KubernetesJson.Options) },
        };
        return await client.PatchAsync<RunbookSuggestion>(NamespacedName.Of(known), new Patch(PatchType.Merge, patch) { FieldManager = Names.FieldManager }, cancellationToken);
    }
}
