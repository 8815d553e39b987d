using Microsoft.Extensions.Logging;
using RunbookOperator.TestKit;

namespace RunbookOperator.Cluster.Stories;

/// <summary>What operators in tests log, in artifacts/tests/operator.log: the place to look when a story ends otherwise than it should.</summary>
internal static class TestLog
{
    private static readonly Lazy<TextWriter> Writer = new(Open);

    public static ILoggerProvider Provider { get; } = new FileProvider();

    private static TextWriter Open()
    {
        var folder = Directory.CreateDirectory(Path.Combine(TestCluster.RepositoryRoot, "artifacts", "tests"));
        return TextWriter.Synchronized(new StreamWriter(Path.Combine(folder.FullName, "operator.log"), append: true) { AutoFlush = true });
    }

    private sealed class FileProvider : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new FileLogger(categoryName);

        public void Dispose()
        {
            // The file is shared by all operators of the process.
        }
    }

    private sealed class FileLogger(string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Writer.Value.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {logLevel} {category}: {formatter(state, exception)}{(exception is null ? "" : $" | {exception}")}");
    }
}
