using System.Diagnostics.Metrics;

namespace RunbookOperator.Runtime;

/// <summary>The counters of the runtime, under the names of controller-runtime, so that dashboards made for it fit. Serve them with a
/// <see cref="PrometheusExposition"/>, made before the first controller: what is counted before it is not seen by it.</summary>
public sealed class RuntimeMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "RunbookOperator.Runtime";

    private readonly HashSet<RateLimitingQueue> _queues = [];

    /// <summary>Makes the counters on a meter of their own.</summary>
    public RuntimeMetrics()
        : this(new Meter(MeterName))
    {
    }

    /// <summary>Makes the counters on the meter that <paramref name="factory"/> gives.</summary>
    public RuntimeMetrics(IMeterFactory factory)
        : this(factory.Create(MeterName))
    {
    }

    private RuntimeMetrics(Meter meter)
    {
        Meter = meter;
        Reconciles = meter.CreateCounter<long>("controller_runtime_reconcile_total", null, "Passes by controller and result.");
        ReconcileErrors = meter.CreateCounter<long>("controller_runtime_reconcile_errors_total", null, "Passes that failed.");
        TerminalErrors = meter.CreateCounter<long>(
            "controller_runtime_terminal_reconcile_errors_total", null, "Passes that failed and are not tried again before something changes.");
        Panics = meter.CreateCounter<long>("controller_runtime_reconcile_panics_total", null, "Passes that failed by a mistake in the program.");
        ReconcileSeconds = Seconds("controller_runtime_reconcile_time_seconds", "How long passes took.", MetricBuckets.Passes);
        MaxWorkers = meter.CreateGauge<long>("controller_runtime_max_concurrent_reconciles", null, "How many passes may run at once.");
        ActiveWorkers = meter.CreateUpDownCounter<long>("controller_runtime_active_workers", null, "How many passes run.");
        QueueAdds = meter.CreateCounter<long>("workqueue_adds_total", null, "Keys added to the queue.");
        QueueRetries = meter.CreateCounter<long>("workqueue_retries_total", null, "Keys added to the queue after a failure.");
        QueueDepth = meter.CreateUpDownCounter<long>("workqueue_depth", null, "How many keys wait for a worker.");
        QueueSeconds = Seconds("workqueue_queue_duration_seconds", "How long keys waited for a worker.", MetricBuckets.Queue);
        WorkSeconds = Seconds("workqueue_work_duration_seconds", "How long keys were in work.", MetricBuckets.Queue);
        meter.CreateObservableGauge(
            "workqueue_unfinished_work_seconds", () => Observe(static queue => queue.InWork().Sum(static span => span.TotalSeconds)), null,
            "How long all keys in work have been in work, together. It grows without end where passes hang.");
        meter.CreateObservableGauge(
            "workqueue_longest_running_processor_seconds",
            () => Observe(static queue => queue.InWork().DefaultIfEmpty().Max(static span => span.TotalSeconds)), null,
            "How long the key that is longest in work has been so.");
        Requests = meter.CreateCounter<long>("rest_client_requests_total", null, "Requests to the API server by status code, method and host.");
        Leading = meter.CreateGauge<long>("leader_election_master_status", null, "1 on the process that leads by the lease, 0 on the others.");
        Relists = meter.CreateCounter<long>("reflector_lists_total", null, "Lists begun, by resource.");
        Stale = meter.CreateCounter<long>("reflector_stale_answers_total", null, "Lists and events not used since they were older than what was known.");
        Undecodable = meter.CreateUpDownCounter<long>("reflector_undecodable_objects", null, "Objects that exist and cannot be read.");
        EventsDropped = meter.CreateCounter<long>("events_dropped_total", null, "Events that were not recorded.");
    }

    /// <summary>The meter of all of them.</summary>
    public Meter Meter { get; }

    internal Counter<long> Reconciles { get; }

    internal Counter<long> ReconcileErrors { get; }

    internal Counter<long> TerminalErrors { get; }

    internal Counter<long> Panics { get; }

    internal Histogram<double> ReconcileSeconds { get; }

    internal Gauge<long> MaxWorkers { get; }

    internal UpDownCounter<long> ActiveWorkers { get; }

    internal Counter<long> QueueAdds { get; }

    internal Counter<long> QueueRetries { get; }

    internal UpDownCounter<long> QueueDepth { get; }

    internal Histogram<double> QueueSeconds { get; }

    internal Histogram<double> WorkSeconds { get; }

    internal Counter<long> Requests { get; }

    internal Gauge<long> Leading { get; }

    internal Counter<long> Relists { get; }

    internal Counter<long> Stale { get; }

    internal UpDownCounter<long> Undecodable { get; }

    internal Counter<long> EventsDropped { get; }

    /// <summary>Wraps the way to an API server, so that requests are counted. Give it to the client.</summary>
    public HttpMessageHandler CountRequests(HttpMessageHandler inner) => new RequestCounter(Requests) { InnerHandler = inner };

    /// <inheritdoc/>
    public void Dispose() => Meter.Dispose();

    internal void Watch(RateLimitingQueue queue)
    {
        lock (_queues)
        {
            _queues.Add(queue);
        }
    }

    internal void Unwatch(RateLimitingQueue queue)
    {
        lock (_queues)
        {
            _queues.Remove(queue);
        }
    }

    private Histogram<double> Seconds(string name, string description, IReadOnlyList<double> buckets) => Meter.CreateHistogram(
        name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = buckets });

    private List<Measurement<double>> Observe(Func<RateLimitingQueue, double> value)
    {
        lock (_queues)
        {
            return [.. _queues.Select(queue => new Measurement<double>(value(queue), queue.Tags))];
        }
    }
}
