using RunbookOperator.TestKit;

namespace RunbookOperator.Operator.Tests.Docs;

/// <summary>The project's Markdown files.</summary>
internal static class Pages
{
    private static readonly string[] NotOurs = ["bin", "obj", "artifacts", "node_modules", "TestResults"];

    /// <summary>Their paths from the repository's root.</summary>
    public static IEnumerable<string> All => Below(TestCluster.RepositoryRoot).Select(file => Path.GetRelativePath(TestCluster.RepositoryRoot, file));

    /// <summary>The text of a page.</summary>
    public static string Read(string page) => File.ReadAllText(FullPath(page));

    /// <summary>The file of a page.</summary>
    public static string FullPath(string page) => Path.Combine(TestCluster.RepositoryRoot, page);

    /// <summary>The cells of the rows of the one table of <paramref name="page"/> with this first heading, without the heading.</summary>
    public static IReadOnlyList<string[]> Table(string page, string heading)
    {
        var rows = Read(page).Split('\n')
            .SkipWhile(line => !line.StartsWith($"| {heading} |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries))
            .ToList();
        Assert.NotEmpty(rows);
        return rows;
    }

    /// <summary>The blocks of code in this language, with the line on which each begins.</summary>
    public static IEnumerable<(int Line, string Text)> Blocks(string page, string language)
    {
        var lines = Read(page).Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i] != $"```{language}")
            {
                continue;
            }

            var end = Array.IndexOf(lines, "```", i + 1);
            yield return (i + 1, string.Join('\n', lines[(i + 1)..end]) + "\n");
            i = end;
        }
    }

    private static IEnumerable<string> Below(string folder) =>
        Directory.EnumerateFiles(folder, "*.md").Concat(
            Directory.EnumerateDirectories(folder).Where(child => !NotOurs.Contains(Path.GetFileName(child)) && Path.GetFileName(child)[0] != '.').SelectMany(Below));
}
