using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Executions;

/// <summary>Keeps the runbook of a run as it was when the run began, as a ControllerRevision: immutable by the API server, shared by all runs of
/// that revision, and collected with the last of them, because each owns it.</summary>
internal sealed class Snapshots(IKubernetesClient client)
{
    private const int NameHash = 10;

    /// <summary>Name of the snapshot of a revision.</summary>
    public static string Name(string runbook, string revision) => $"{runbook}-{revision[..NameHash]}";

    /// <summary>The runbook that the run is of: from its snapshot, or, before it has begun, from the Runbook, which is then kept. Null if it is
    /// not there, or not what it says it is.</summary>
    public async Task<RunbookSpec?> LoadAsync(RunbookExecution execution, CancellationToken cancellationToken)
    {
        var ns = execution.Metadata.Namespace!;
        if (execution.Status is { Snapshot: { } snapshot, Revision: { } revision })
        {
            return Verified(await client.FindAsync<ControllerRevision>(new NamespacedName(ns, snapshot), cancellationToken), revision);
        }

        return await SourceAsync(execution, cancellationToken) is { } spec && await KeepAsync(execution, spec, cancellationToken) ? spec : null;
    }

    // A rollback undoes what a runbook said then, whatever it says now.
    private async Task<RunbookSpec?> SourceAsync(RunbookExecution execution, CancellationToken cancellationToken)
    {
        var ns = execution.Metadata.Namespace!;
        if (execution.Spec.Trigger is not { Type: TriggerType.Rollback, Parent: { } parent })
        {
            return (await client.FindAsync<Runbook>(new NamespacedName(ns, execution.Spec.Runbook.Name), cancellationToken))?.Spec;
        }

        return await client.FindAsync<RunbookExecution>(new NamespacedName(ns, parent), cancellationToken) is { Status: { Snapshot: { } snapshot, Revision: { } revision } }
            ? Verified(await client.FindAsync<ControllerRevision>(new NamespacedName(ns, snapshot), cancellationToken), revision)
            : null;
    }

    private async Task<bool> KeepAsync(RunbookExecution execution, RunbookSpec spec, CancellationToken cancellationToken)
    {
        var revision = RunbookRevision.Of(spec);
        var name = new NamespacedName(execution.Metadata.Namespace!, Name(execution.Spec.Runbook.Name, revision));
        var owner = new OwnerReference
        {
            ApiVersion = Names.ApiVersion,
            Kind = nameof(RunbookExecution),
            Name = execution.Metadata.Name!,
            Uid = execution.Metadata.Uid!,
        };
        try
        {
            await client.CreateAsync(
                new ControllerRevision
                {
                    ApiVersion = ControllerRevision.Definition.ApiVersion,
                    Kind = ControllerRevision.Definition.Kind,
                    Metadata = new ObjectMeta
                    {
                        Name = name.Name,
                        Namespace = name.Namespace,
                        Labels = new Dictionary<string, string> { [Names.RunbookLabel] = execution.Spec.Runbook.Name },
                        OwnerReferences = [owner],
                    },
                    Revision = 1,
                    Data = JsonSerializer.SerializeToElement(new JsonObject { ["spec"] = JsonSerializer.SerializeToNode(spec, ApiJson.Default.RunbookSpec) }),
                },
                cancellationToken);
            return true;
        }
        catch (ApiException exception) when (exception.IsAlreadyExists)
        {
            var existing = await client.GetAsync<ControllerRevision>(name, cancellationToken);
            if (existing.Metadata.OwnerReferences?.Any(reference => reference.Uid == owner.Uid) != true)
            {
                await client.PatchAsync<ControllerRevision>(name, Owning(existing, owner), cancellationToken);
            }

            return Verified(existing, revision) is not null;
        }
    }

    private static Patch Owning(ControllerRevision existing, OwnerReference owner) => new(
        PatchType.Merge,
        new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["resourceVersion"] = existing.Metadata.ResourceVersion,
                ["ownerReferences"] = JsonSerializer.SerializeToNode(
                    (existing.Metadata.OwnerReferences ?? []).Append(owner).ToList(), KubernetesJson.Options),
            },
        });

    // A name is no proof: anybody who may create such objects could have put another text there.
    private static RunbookSpec? Verified(ControllerRevision? snapshot, string revision)
    {
        if (snapshot?.Data is not { ValueKind: JsonValueKind.Object } data || !data.TryGetProperty("spec", out var stored))
        {
            return null;
        }

        try
        {
            var spec = stored.Deserialize<RunbookSpec>(KubernetesJson.Options);
            return spec is not null && RunbookRevision.Of(spec) == revision ? spec : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
