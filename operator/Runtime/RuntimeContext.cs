using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace RunbookOperator.Runtime;

/// <summary>What every part of the runtime takes from its surroundings. Each process, or each operator in a test, has its own.</summary>
public sealed record RuntimeContext
{
    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where logs go. Nowhere by default.</summary>
    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Numbers from 0 up to but not including 1, that spread retries in time.</summary>
    public Func<double> Jitter { get; init; } = static () => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;

    /// <summary>The counters.</summary>
    public RuntimeMetrics Metrics { get; init; } = new();
}
