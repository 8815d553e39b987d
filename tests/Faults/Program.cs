using RunbookOperator.TestKit;

namespace RunbookOperator.Faults;

/// <summary>The fault programme. Exit codes: 0 every promise held; 1 one did not; 2 bad arguments.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        Settings settings;
        try
        {
            settings = Settings.Read(args);
        }
        catch (FormatException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }

        var folder = Path.Combine(TestCluster.RepositoryRoot, "artifacts", "faults");
        var table = new ResultTable(folder);
        var failed = false;
        await using (var bench = await Bench.StartAsync(folder))
        {
            foreach (var family in Family.All.Where(family => settings.Only.Count == 0 || settings.Only.Contains(family.Id)))
            {
                await Console.Error.WriteLineAsync($"{family.Id} {family.Title}");
                var result = await family.RunAsync(bench, settings.Seed, settings.Dose);
                await table.SaveAsync(result);
                failed |= result.Failures.Count > 0;
                await Console.Error.WriteLineAsync($"{family.Id}: {result.Fired} faults, {result.Subjects} runs or alerts, {result.Failures.Count} failures, {result.Seconds:0} s");
            }
        }

        var text = ResultTable.ToMarkdown(table.Load());
        await Console.Out.WriteLineAsync(text);
        if (settings.Write)
        {
            await ResultTable.WriteAsync(Path.Combine(TestCluster.RepositoryRoot, "docs", "reliability.md"), text);
        }

        return failed ? 1 : 0;
    }
}
