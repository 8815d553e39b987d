using RunbookOperator.Cli.Cluster;

namespace RunbookOperator.Cli.Tests;

/// <summary>The program with its streams in memory, a clock that stands still, and no network unless a test gives one.</summary>
internal sealed class TestHost
{
    public static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private readonly WatchedWriter _out = new();
    private readonly WatchedWriter _error = new();

    public string Input { get; init; } = "";

    public bool IsTerminal { get; init; }

    public string ProgramName { get; init; } = "runbook";

    public Dictionary<string, string> Environment { get; init; } = [];

    public Func<ConnectionOptions, ClusterConnection> Connect { get; init; } = _ => throw new InvalidOperationException("This verb must not use the network.");

    public TimeProvider Time { get; init; } = new StandingClock();

    public Func<int, string> RandomHex { get; init; } = digits => new string('a', digits);

    public string Out => _out.Text;

    public string Error => _error.Text;

    public Task WhenPrintedAsync(string part) => _out.WhenWrittenAsync(part);

    public Task WhenWarnedAsync(string part) => _error.WhenWrittenAsync(part);

    public Task<int> RunAsync(params string[] arguments) => RunAsync(CancellationToken.None, arguments);

    public async Task<int> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        using var input = new StringReader(Input);
        await using var output = _out.Open();
        await using var error = _error.Open();
        var host = new CliHost
        {
            Terminal = new Terminal { Out = output, Error = error, In = input, IsInputTerminal = IsTerminal, IsOutputTerminal = IsTerminal },
            ProgramName = ProgramName,
            Environment = name => Environment.GetValueOrDefault(name),
            Time = Time,
            RandomHex = RandomHex,
            Connect = Connect,
        };
        return await CommandLine.RunAsync(arguments, host, cancellationToken);
    }

    private sealed class StandingClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
