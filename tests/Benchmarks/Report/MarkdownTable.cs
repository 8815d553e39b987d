using System.Text;

namespace RunbookOperator.Benchmarks.Report;

/// <summary>The results as a page shows them.</summary>
internal static class MarkdownTable
{
    public static string Of(BenchmarkRun run)
    {
        var text = new StringBuilder()
            .AppendLine($"{run.Started:yyyy-MM-dd HH:mm} UTC, commit {run.Commit}, {run.Cores} cores of {run.Processor}, .NET {run.Runtime}, "
                + $"Kubernetes {run.Server ?? "not used"}, {run.Settings.Objects} objects, {run.Settings.Rounds} rounds, seed {run.Settings.Seed}, "
                + $"load {run.LoadBefore} before and {run.LoadAfter} after.")
            .AppendLine()
            .AppendLine("| benchmark | measured | unit | ours | floor | ours/floor | floor is |")
            .AppendLine("|---|---|---|---|---|---|---|");
        foreach (var line in run.Lines)
        {
            var floor = line.Floor is null ? "" : Text(line.Floor) + (line.IsSteady ? "" : " (unsteady)");
            var ratio = line.Ratio is null ? "" : Text(line.Ratio);
            text.AppendLine($"| {line.Benchmark} | {line.What} | {line.Unit} | {Text(line.Ours)} | {floor} | {ratio} | {line.FloorIs} |");
        }

        return text.ToString();
    }

    private static string Text(Samples samples) => $"{Text(samples.Median)} ({Text(samples.Min)} to {Text(samples.Max)})";

    // Three digits say what there is to say.
    private static string Text(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("#,0"),
        >= 10 => value.ToString("0.0"),
        _ => value.ToString("0.00"),
    };
}
