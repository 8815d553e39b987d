using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Incidents;
using RunbookOperator.Kubernetes;
using RunbookOperator.Policies;
using RunbookOperator.Runtime;

namespace RunbookOperator.Alerts;

/// <summary>
/// Puts alerts into incidents. It returns only after the API server has stored them, so an accepted alert cannot be lost. Alerts of one incident
/// that come at one moment become one write; what is known already becomes none. The API server stays the authority: whatever the cache says,
/// a create that finds the name taken, or a patch that finds another version, means to read again.
/// </summary>
internal sealed class AlertIntake(IKubernetesClient client, ILister<Incident> incidents, IPolicies policies, TimeProvider time)
{
    /// <summary>Name of the index of incidents by namespace and hash of their key.</summary>
    public const string KeyIndex = "key";

    /// <summary>How often a write is tried anew after it met another one. Each try reads the API server's own state.</summary>
    private const int Tries = 10;

    private readonly ConcurrentDictionary<string, Batch> _batches = new(StringComparer.Ordinal);

    /// <summary>The value under which <see cref="KeyIndex"/> files an incident.</summary>
    public static string IndexValue(string ns, string hash) => ns + "/" + hash;

    /// <summary>Stores <paramref name="alerts"/> in the incidents of <paramref name="ns"/>. What belongs to one incident is not held up by another.</summary>
    /// <exception cref="ApiException">The API server did not take some of them. Where it is <see cref="ApiException.IsInvalid"/>, none of those can ever fit
    /// their schema; else the sender is to send all again: what was stored is known then, and costs nothing.</exception>
    public async Task AcceptAsync(string ns, string groupKey, IReadOnlyList<IncidentAlert> alerts, CancellationToken cancellationToken)
    {
        List<Task> groups =
        [
            .. alerts
                .Select(alert => (Key: IncidentKey.Of(alert.Labels, groupKey), Alert: alert))
                .GroupBy(pair => pair.Key.Value)
                .Select(group => JoinAsync(ns, group.First().Key, [.. group.Select(pair => pair.Alert)], cancellationToken)),
        ];
        await Task.WhenAll(groups).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var failed = groups.FindAll(group => !group.IsCompletedSuccessfully);
        await (failed.Find(group => !IsInvalid(group)) ?? failed.FirstOrDefault() ?? Task.CompletedTask);
    }

    private static bool IsInvalid(Task failed) => failed.Exception?.InnerException is ApiException { IsInvalid: true };

    // Whoever comes while a write for the same key is under way waits for it, and then all who waited go into the next write together.
    private async Task JoinAsync(string ns, IncidentKey key, List<IncidentAlert> alerts, CancellationToken cancellationToken)
    {
        var name = IndexValue(ns, key.Value);
        var batch = _batches.GetOrAdd(name, static _ => new Batch());
        var mine = batch.Add(alerts);
        try
        {
            await batch.Turn.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The sender went away unanswered and will come again: what it brought must not be written when it is old.
            batch.Forget(mine);
            Remove(name, batch);
            throw;
        }

        try
        {
            if (!mine.Task.IsCompleted)
            {
                await WriteAsync(batch.TakeAll(), pending => StoreAsync(ns, key, pending, cancellationToken));
            }
        }
        finally
        {
            batch.Turn.Release();
            Remove(name, batch);
        }

        await mine.Task;
    }

    // Somebody may just have joined it; then two writers meet, and the versions keep them apart.
    private void Remove(string name, Batch batch)
    {
        if (batch.IsEmpty)
        {
            _batches.TryRemove(new KeyValuePair<string, Batch>(name, batch));
        }
    }

    private static async Task WriteAsync(
        List<(List<IncidentAlert> Alerts, TaskCompletionSource Done)> pending, Func<List<IncidentAlert>, Task> store)
    {
        try
        {
            await store([.. pending.SelectMany(entry => entry.Alerts)]);
            pending.ForEach(entry => entry.Done.TrySetResult());
        }
        catch (ApiException exception) when (exception.IsInvalid && pending.Count > 1)
        {
            // What one of them brought does not fit; the others must not be lost with it.
            foreach (var entry in pending)
            {
                await WriteAsync([entry], store);
            }
        }
        catch (Exception exception)
        {
            // Everybody in the write hears of its failure: none of them may answer that it was taken.
            pending.ForEach(entry => entry.Done.TrySetException(exception));
        }
    }

    private async Task StoreAsync(string ns, IncidentKey key, List<IncidentAlert> alerts, CancellationToken cancellationToken)
    {
        // A cache that knows none may be behind, and numbers of deleted incidents are free: a name alone does not keep two apart.
        var known = Newest(incidents.ByIndex(KeyIndex, IndexValue(ns, key.Hash)), key) ?? await ReadAsync(ns, key, cancellationToken);
        for (var i = 1; ; i++)
        {
            try
            {
                await StoreAsync(ns, key, known, alerts, cancellationToken);
                return;
            }
            catch (ApiException exception) when ((exception.IsAlreadyExists || exception.IsConflict || exception.IsNotFound && known is not null) && i < Tries)
            {
                known = await ReadAsync(ns, key, cancellationToken);
            }
        }
    }

    private async Task<Incident?> ReadAsync(string ns, IncidentKey key, CancellationToken cancellationToken)
    {
        var selector = new ListOptions { LabelSelector = $"{Names.IncidentKeyLabel}={key.Hash}" };
        return Newest(await client.ListAllAsync<Incident>(ns, selector, cancellationToken), key);
    }

    private async Task StoreAsync(string ns, IncidentKey key, Incident? known, List<IncidentAlert> alerts, CancellationToken cancellationToken)
    {
        var takes = known is not null && (known.Status?.ResolvedAt is not { } ended || time.GetUtcNow() - ended < policies.For(ns).Window.Value);
        if (takes && alerts.TrueForAll(alert => IncidentAlerts.IsKnown(known!.Spec.Alerts, alert)))
        {
            return;
        }

        if (takes)
        {
            await client.PatchAsync<Incident>(NamespacedName.Of(known!), Joining(known!, alerts), cancellationToken);
            return;
        }

        // What is over before it was ever heard of opens nothing. What was heard to fire does, also if its end came with it.
        var fired = alerts.Where(alert => alert.EndsAt is null).Select(alert => alert.Fingerprint).ToHashSet(StringComparer.Ordinal);
        if (fired.Count > 0)
        {
            var number = IncidentKey.Number(known?.Metadata.Name ?? "") + 1;
            await client.CreateAsync(Opening(ns, key, number, alerts.Where(alert => fired.Contains(alert.Fingerprint))), cancellationToken);
        }
    }

    private static Incident? Newest(IEnumerable<Incident> candidates, IncidentKey key) =>
        candidates.Where(incident => incident.Spec.Key == key.Value).MaxBy(incident => IncidentKey.Number(incident.Metadata.Name!));

    private static Patch Joining(Incident incident, List<IncidentAlert> alerts)
    {
        var (merged, added) = IncidentAlerts.Merge(incident.Spec.Alerts, alerts);
        return new Patch(PatchType.Merge, new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = incident.Metadata.ResourceVersion },
            ["spec"] = new JsonObject
            {
                ["alerts"] = JsonSerializer.SerializeToNode(merged, KubernetesJson.Options),
                ["alertCount"] = incident.Spec.AlertCount + added,
            },
        })
        { FieldManager = Names.FieldManager };
    }

    private static Incident Opening(string ns, IncidentKey key, int number, IEnumerable<IncidentAlert> firing)
    {
        var (alerts, added) = IncidentAlerts.Merge(null, firing);
        return new Incident
        {
            Metadata = new ObjectMeta
            {
                Name = key.Name(number),
                Namespace = ns,
                Labels = new Dictionary<string, string> { [Names.IncidentKeyLabel] = key.Hash },
            },
            Spec = new IncidentSpec
            {
                Key = key.Value,
                Service = key.Service,
                Alerts = alerts,
                AlertCount = added,
                Severity = IncidentAlerts.Severity(alerts) is { Length: > 0 } severity ? Variables.Clean(severity, Limits.Label) : null,
                Title = alerts[0].Annotations?.GetValueOrDefault("summary") is { Length: > 0 } summary ? Variables.Clean(summary, Limits.Line) : null,
            },
        };
    }

    private sealed class Batch
    {
        private readonly Lock _lock = new();
        private List<(List<IncidentAlert> Alerts, TaskCompletionSource Done)> _pending = [];

        public SemaphoreSlim Turn { get; } = new(1, 1);

        public bool IsEmpty
        {
            get
            {
                lock (_lock)
                {
                    return _pending.Count == 0;
                }
            }
        }

        public TaskCompletionSource Add(List<IncidentAlert> alerts)
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_lock)
            {
                _pending.Add((alerts, done));
            }

            return done;
        }

        public void Forget(TaskCompletionSource done)
        {
            lock (_lock)
            {
                _pending.RemoveAll(entry => entry.Done == done);
            }
        }

        public List<(List<IncidentAlert> Alerts, TaskCompletionSource Done)> TakeAll()
        {
            lock (_lock)
            {
                var all = _pending;
                _pending = [];
                return all;
            }
        }
    }
}
