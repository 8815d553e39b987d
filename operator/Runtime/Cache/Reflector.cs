using Microsoft.Extensions.Logging;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>Lists once, then watches; lists again when the version to watch from is gone. Never gives up, and never goes back: a list or an
/// event that is older than what was seen is not used.</summary>
internal sealed class Reflector<T, TView>
    where T : class, IKubernetesObject
    where TView : class, IKubernetesObject
{
    private readonly ObjectSource<T> _source;
    private readonly InformerOptions _options;
    private readonly IReflectorTarget<TView> _target;
    private readonly Projection<T, TView> _projection;
    private readonly PagedList<T, TView> _list;
    private readonly RuntimeContext _context;
    private readonly ILogger _logger;
    private readonly KeyValuePair<string, object?> _tag;
    private int _failures;
    // Where to watch from; null asks for a list.
    private string? _version;
    // The newest version ever seen, and since when lists were older than that.
    private string? _newest;
    private long? _staleSince;
    // Whether nothing happened on the last watch.
    private bool _quiet = true;

    public Reflector(
        ObjectSource<T> source, InformerOptions options, IReflectorTarget<TView> target, Func<T, TView> project, RuntimeContext context)
    {
        _source = source;
        _tag = new KeyValuePair<string, object?>("resource", Resource);
        _options = options;
        _target = target;
        _projection = new Projection<T, TView>(project);
        _list = new PagedList<T, TView>(source, options, _projection);
        _context = context;
        _logger = context.Loggers.CreateLogger($"{typeof(ReflectorLimits).Namespace}.Reflector");
    }

    private string Resource => _source.Definition.GroupResource;

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
            catch (Exception exception)
            {
                _version = KeepsPlace(exception) ? _version : null;
                await BackOffAsync(exception, cancellationToken);
            }
        }
    }

    // A broken connection, a busy server and a missing right say nothing about the version. Whatever else goes wrong, a list puts right.
    private static bool KeepsPlace(Exception exception) => exception
        is HttpRequestException
        or ApiException { IsGone: false, IsTransient: true }
        or ApiException { IsGone: false, IsForbidden: true }
        or ApiException { IsGone: false, IsUnauthorized: true };

    // Deletions are swept when the last page is here: before that, absence means nothing.
    private async Task<string> ListAsync(CancellationToken cancellationToken)
    {
        _context.Metrics.Relists.Add(1, _tag);
        var list = await _list.ReadAsync(cancellationToken);
        RefuseStale(list.Version);
        RuntimeLog.Listed(_logger, list.Values.Count, Resource, list.Version);
        _target.Replace(list.Values, list.Undecodable);
        return list.Version;
    }

    // A cluster that was restored from a backup begins anew at a smaller number, for good: that must not blind for good.
    private void RefuseStale(string version)
    {
        if (!ResourceVersions.IsOlder(version, _newest))
        {
            (_newest, _staleSince) = (version, null);
            return;
        }

        _context.Metrics.Stale.Add(1, _tag);
        _staleSince ??= _context.Time.GetTimestamp();
        if (_context.Time.GetElapsedTime(_staleSince.Value) < ReflectorLimits.StalePatience)
        {
            throw new StaleListException(Resource, version, _newest);
        }

        RuntimeLog.StaleListTaken(_logger, Resource, version, _newest);
        (_newest, _staleSince) = (version, null);
    }

    // True if the stream was alive: it brought something, or lasted.
    private async Task<bool> WatchAsync(string version, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(_options.SilenceTimeout, _context.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        var started = _context.Time.GetTimestamp();
        var alive = false;
        var changed = false;
        try
        {
            await foreach (var change in _source.Watch(_options.Namespace, WatchOptionsFrom(version), linked.Token))
            {
                silence.CancelAfter(_options.SilenceTimeout);
                alive = true;
                changed |= change.Type != WatchEventType.Bookmark;
                _failures = 0;
                Take(change);
            }
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            RuntimeLog.WatchSilent(_logger, Resource, _options.SilenceTimeout);
            return true;
        }
        finally
        {
            _quiet = !changed;
        }

        return alive || _context.Time.GetElapsedTime(started) >= ReflectorLimits.ShortWatch;
    }

    private WatchOptions WatchOptionsFrom(string version) => new()
    {
        ResourceVersion = version,
        LabelSelector = _options.LabelSelector,
        FieldSelector = _options.FieldSelector,
        Timeout = _quiet
            ? _options.SilenceTimeout * (ReflectorLimits.QuietPart + (ReflectorLimits.QuietSpread * _context.Jitter()))
            : _options.WatchTimeout * (1 + _context.Jitter()),
    };

    private void Take(WatchEvent<T> change)
    {
        if (ResourceVersions.IsOlder(change.ResourceVersion, _version))
        {
            _context.Metrics.Stale.Add(1, _tag);
            return;
        }

        _target.Apply(_projection.Of(change));
        _version = change.ResourceVersion ?? _version;
        _newest = ResourceVersions.Newer(_newest, _version);
    }

    private async Task BackOffAsync(Exception? exception, CancellationToken cancellationToken)
    {
        var delay = ReflectorLimits.DelayAfter(_failures, (exception as ApiException)?.RetryAfter, _context.Jitter());
        _failures = Math.Min(_failures + 1, ReflectorLimits.MaxFailures);
        switch (exception)
        {
            case null:
                break;
            case ApiException { IsGone: true }:
                RuntimeLog.WatchExpired(_logger, Resource);
                break;
            default:
                RuntimeLog.ReflectorFailed(_logger, Resource, delay, exception);
                break;
        }

        await Task.Delay(delay, _context.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
