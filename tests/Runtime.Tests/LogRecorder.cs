using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace RunbookOperator.Runtime.Tests;

/// <summary>Keeps what was logged, with its scope.</summary>
internal sealed class LogRecorder : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, int Id, string Text, string? Scope)> _lines = new();
    private readonly AsyncLocal<string?> _scope = new();

    public IReadOnlyList<(LogLevel Level, int Id, string Text, string? Scope)> Lines => [.. _lines];

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose()
    {
        // It holds nothing.
    }

    IDisposable? ILogger.BeginScope<TState>(TState state)
    {
        _scope.Value = state.ToString();
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((logLevel, eventId.Id, formatter(state, exception), _scope.Value));
}
