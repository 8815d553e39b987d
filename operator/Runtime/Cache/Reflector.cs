using Microsoft.Extensions.Logging;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>Lists once, then watches; lists again when the version to watch from is gone. Never gives up.</summary>
internal sealed class Reflector<T>(IKubernetesClient client, InformerOptions options, IReflectorTarget<T> target, RuntimeContext context)
    where T : class, IKubernetesObject<T>
{
    internal static readonly TimeSpan BaseDelay = TimeSpan.FromMilliseconds(200);
    internal static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(30);

    private readonly ILogger _logger = context.Loggers.CreateLogger(typeof(Reflector<T>).Namespace + ".Reflector");
    private int _failures;
    // Where to watch from; null asks for a list.
    private string? _version;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                _version ??= await ListAsync(cancellationToken);
                if (!await WatchAsync(_version, cancellationToken))
                {
                    // A server that ends watches at once, and says nothing in them, is not to be asked in a tight loop.
                    await BackOffAsync(null, cancellationToken);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (ApiException exception) when (exception.IsGone)
            {
                RuntimeLog.WatchExpired(_logger, T.Definition.GroupResource);
                _version = null;
                await BackOffAsync(null, cancellationToken);
            }
            catch (Exception exception)
            {
                await BackOffAsync(exception, cancellationToken);
            }
        }
    }

    // Deletions are swept when the last page is here: before that, absence means nothing.
    private async Task<string> ListAsync(CancellationToken cancellationToken)
    {
        context.Metrics.Relists.Add(1, new KeyValuePair<string, object?>("resource", T.Definition.GroupResource));
        var items = new List<T>();
        var undecodable = new List<UndecodableItem>();
        KubernetesList<T> page;
        string? token = null;
        do
        {
            var listOptions = new ListOptions
            {
                LabelSelector = options.LabelSelector,
                FieldSelector = options.FieldSelector,
                Limit = options.PageSize,
                Continue = token,
            };
            page = await client.ListAsync<T>(options.Namespace, listOptions, cancellationToken);
            items.AddRange(page.Items);
            undecodable.AddRange(page.Undecodable);
            token = page.Continue;
        }
        while (token is not null);

        RuntimeLog.Listed(_logger, items.Count, T.Definition.GroupResource, page.ResourceVersion);
        target.Replace(items, undecodable);
        return page.ResourceVersion
            ?? throw new InvalidDataException($"The list of {T.Definition.GroupResource} has no resourceVersion to watch from.");
    }

    // True if the stream was alive: it brought something.
    private async Task<bool> WatchAsync(string version, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(options.SilenceTimeout, context.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        var watch = new WatchOptions
        {
            ResourceVersion = version,
            LabelSelector = options.LabelSelector,
            FieldSelector = options.FieldSelector,
            Timeout = options.WatchTimeout * (1 + context.Jitter()),
        };
        var alive = false;
        try
        {
            await foreach (var change in client.WatchAsync<T>(options.Namespace, watch, linked.Token))
            {
                silence.CancelAfter(options.SilenceTimeout);
                alive = true;
                _failures = 0;
                target.Apply(change);
                _version = change.ResourceVersion ?? _version;
            }
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            RuntimeLog.WatchSilent(_logger, T.Definition.GroupResource, options.SilenceTimeout);
            return true;
        }

        return alive;
    }

    private async Task BackOffAsync(Exception? exception, CancellationToken cancellationToken)
    {
        var seconds = Math.Min(BaseDelay.TotalSeconds * Math.Pow(2, _failures), MaxDelay.TotalSeconds);
        var delay = TimeSpan.FromSeconds(seconds * (1 + context.Jitter()));
        _failures = Math.Min(_failures + 1, 16);
        if (exception is not null)
        {
            RuntimeLog.ReflectorFailed(_logger, T.Definition.GroupResource, delay, exception);
        }

        await Task.Delay(delay, context.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
