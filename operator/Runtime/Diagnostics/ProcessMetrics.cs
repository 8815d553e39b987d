using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace RunbookOperator.Runtime;

/// <summary>What Prometheus' own clients tell of every process. Make it once in a process, not once for each operator in it.</summary>
public sealed class ProcessMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "RunbookOperator.Process";

    /// <summary>Makes the meter.</summary>
    public ProcessMetrics()
    {
        Meter = new Meter(MeterName);
        using var process = Process.GetCurrentProcess();
        var started = new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0;
        Meter.CreateObservableCounter(
            "process_cpu_seconds_total", static () => Environment.CpuUsage.TotalTime.TotalSeconds, "s", "User and system CPU time spent.");
        Meter.CreateObservableGauge("process_resident_memory_bytes", static () => Environment.WorkingSet, "By", "Memory in use.");
        Meter.CreateObservableGauge("process_start_time_seconds", () => started, "s", "When the process began, in seconds since 1970.");
        Meter.CreateObservableGauge(
            "dotnet_gc_heap_size_bytes", static () => GC.GetGCMemoryInfo().HeapSizeBytes, "By", "The managed heap after the last collection.");
    }

    /// <summary>The meter.</summary>
    public Meter Meter { get; }

    /// <inheritdoc/>
    public void Dispose() => Meter.Dispose();
}
