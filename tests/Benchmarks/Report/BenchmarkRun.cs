using System.Text.Json;
using RunbookOperator.TestKit;

namespace RunbookOperator.Benchmarks.Report;

/// <summary>All results of one run, and what one must know to judge them.</summary>
internal sealed class BenchmarkRun
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly List<Line> _lines = [];

    public required DateTimeOffset Started { get; init; }

    /// <summary>The commit, with <c>-dirty</c> where files differ from it.</summary>
    public required string Commit { get; init; }

    public required Settings Settings { get; init; }

    public string Processor { get; } = Machine.Processor();

    public int Cores { get; } = Environment.ProcessorCount;

    public string Runtime { get; } = Environment.Version.ToString();

    /// <summary>The API server's version; null if none was needed.</summary>
    public string? Server { get; set; }

    /// <summary>How many processes wanted the processors in the minute before the run.</summary>
    public string LoadBefore { get; } = Machine.LoadAverage();

    /// <summary>The same at its end; the run itself is in it.</summary>
    public string LoadAfter { get; private set; } = "";

    public IReadOnlyList<Line> Lines => _lines;

    public static async Task<BenchmarkRun> BeginAsync(Settings settings)
    {
        string[] describe = ["-c", "safe.directory=*", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"];
        var commit = await Shell.RunAsync("git", describe, null, CancellationToken.None);
        return new BenchmarkRun
        {
            Started = TimeProvider.System.GetUtcNow(),
            Commit = commit.ExitCode == 0 ? commit.Output.Trim() : "unknown",
            Settings = settings,
        };
    }

    public void Add(IEnumerable<Line> lines) => _lines.AddRange(lines);

    public void End() => LoadAfter = Machine.LoadAverage();

    public async Task SaveAsync(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(this, Json) + "\n");
    }
}
