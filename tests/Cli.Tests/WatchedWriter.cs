using System.Text;

namespace RunbookOperator.Cli.Tests;

/// <summary>Keeps what is written, and tells when a line is written that a test waits for.</summary>
internal sealed class WatchedWriter
{
    private readonly StringBuilder _text = new();
    private readonly Lock _lock = new();
    private readonly List<(string Part, TaskCompletionSource Done)> _waiters = [];

    public string Text
    {
        get
        {
            lock (_lock)
            {
                return _text.ToString();
            }
        }
    }

    public Task WhenWrittenAsync(string part)
    {
        lock (_lock)
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((part, done));
            Tell();
            return done.Task;
        }
    }

    public TextWriter Open() => new Writer(this);

    private void Append(string text)
    {
        lock (_lock)
        {
            _text.Append(text);
            Tell();
        }
    }

    private void Tell()
    {
        var all = _text.ToString();
        foreach (var (_, done) in _waiters.Where(waiter => all.Contains(waiter.Part, StringComparison.Ordinal)))
        {
            done.TrySetResult();
        }
    }

    private sealed class Writer(WatchedWriter owner) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => owner.Append(value.ToString());

        public override void Write(string? value) => owner.Append(value ?? "");

        public override void Write(char[] buffer, int index, int count) => owner.Append(new string(buffer, index, count));

        public override void WriteLine(string? value) => owner.Append(value + "\n");
    }
}
