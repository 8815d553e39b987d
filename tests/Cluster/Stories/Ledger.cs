using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cluster.Stories;

/// <summary>What happened in a namespace as the API server tells it to anybody who watches: every Pod of a step by its UID, and every restart
/// of the service. It does not ask the operator.</summary>
internal sealed class Ledger : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<(string Name, string Uid)> _pods = [];
    private readonly HashSet<string> _restarts = new(StringComparer.Ordinal);
    private readonly Task _watching;

    public Ledger(IKubernetesClient client, string ns) => _watching = Task.WhenAll(WatchPodsAsync(client, ns), WatchRestartsAsync(client, ns));

    /// <summary>Pods of steps: name and UID.</summary>
    public IReadOnlyList<(string Name, string Uid)> Pods
    {
        get
        {
            lock (_pods)
            {
                return [.. _pods];
            }
        }
    }

    /// <summary>Times at which the service was restarted.</summary>
    public IReadOnlyList<string> Restarts
    {
        get
        {
            lock (_restarts)
            {
                return [.. _restarts];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private Task WatchPodsAsync(IKubernetesClient client, string ns) => WatchAsync<Pod>(client, ns, "runbooks.dev/step", pod =>
    {
        lock (_pods)
        {
            _pods.Add((pod.Metadata.Name!, pod.Metadata.Uid!));
        }
    });

    private Task WatchRestartsAsync(IKubernetesClient client, string ns) => WatchAsync<Deployment>(client, ns, null, deployment =>
    {
        if (deployment.Spec.Template.Metadata.Annotations?.GetValueOrDefault("kubectl.kubernetes.io/restartedAt") is { } at)
        {
            lock (_restarts)
            {
                _restarts.Add(at);
            }
        }
    });

    private async Task WatchAsync<T>(IKubernetesClient client, string ns, string? labels, Action<T> note)
        where T : class, IKubernetesObject<T>
    {
        string? version = null;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await foreach (var change in client.WatchAsync<T>(ns, new WatchOptions { LabelSelector = labels, ResourceVersion = version }, _stop.Token))
                {
                    version = change.ResourceVersion ?? version;
                    if (change.Object is { } value)
                    {
                        note(value);
                    }
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException or IOException or ApiException)
            {
                version = exception is ApiException { IsGone: true } ? null : version;
            }
        }
    }
}

/// <summary>apps/v1 Deployment, as far as the ledger reads it.</summary>
internal sealed record Deployment : KubernetesObject, IKubernetesObject<Deployment>
{
    public static ResourceDefinition Definition { get; } = new("apps", "v1", "Deployment", "deployments");

    public required DeploymentSpec Spec { get; init; }
}

internal sealed record DeploymentSpec(PodTemplate Template);

internal sealed record PodTemplate(ObjectMeta Metadata);
