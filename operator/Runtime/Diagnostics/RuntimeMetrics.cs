using System.Diagnostics.Metrics;

namespace RunbookOperator.Runtime;

/// <summary>The counters of the runtime, under the names of controller-runtime, so that dashboards made for it fit.</summary>
public sealed class RuntimeMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "RunbookOperator.Runtime";

    private readonly Meter _meter;

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
        _meter = meter;
        Reconciles = meter.CreateCounter<long>("controller_runtime_reconcile_total");
        ReconcileErrors = meter.CreateCounter<long>("controller_runtime_reconcile_errors_total");
        TerminalErrors = meter.CreateCounter<long>("controller_runtime_terminal_reconcile_errors_total");
        ReconcileSeconds = meter.CreateHistogram<double>("controller_runtime_reconcile_time_seconds", "s");
        ActiveWorkers = meter.CreateUpDownCounter<long>("controller_runtime_active_workers");
        QueueAdds = meter.CreateCounter<long>("workqueue_adds_total");
        QueueRetries = meter.CreateCounter<long>("workqueue_retries_total");
        QueueDepth = meter.CreateUpDownCounter<long>("workqueue_depth");
        QueueSeconds = meter.CreateHistogram<double>("workqueue_queue_duration_seconds", "s");
        WorkSeconds = meter.CreateHistogram<double>("workqueue_work_duration_seconds", "s");
        Relists = meter.CreateCounter<long>("reflector_lists_total");
        Undecodable = meter.CreateCounter<long>("reflector_undecodable_objects_total");
        EventsDropped = meter.CreateCounter<long>("events_dropped_total");
    }

    internal Counter<long> Reconciles { get; }

    internal Counter<long> ReconcileErrors { get; }

    internal Counter<long> TerminalErrors { get; }

    internal Histogram<double> ReconcileSeconds { get; }

    internal UpDownCounter<long> ActiveWorkers { get; }

    internal Counter<long> QueueAdds { get; }

    internal Counter<long> QueueRetries { get; }

    internal UpDownCounter<long> QueueDepth { get; }

    internal Histogram<double> QueueSeconds { get; }

    internal Histogram<double> WorkSeconds { get; }

    internal Counter<long> Relists { get; }

    internal Counter<long> Undecodable { get; }

    internal Counter<long> EventsDropped { get; }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
