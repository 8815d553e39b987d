using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RunbookOperator.Faults;

/// <summary>The results of all families, as files and as the table of docs/reliability.md.</summary>
internal sealed class ResultTable(string folder)
{
    /// <summary>The lines of the document between which the table stands.</summary>
    public const string Begin = "<!-- results: begin -->";

    /// <inheritdoc cref="Begin"/>
    public const string End = "<!-- results: end -->";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>Keeps a result.</summary>
    public async Task SaveAsync(FamilyResult result)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{result.Family}.json"), JsonSerializer.Serialize(result, Json));
    }

    /// <summary>The last result of each family, in order.</summary>
    public IReadOnlyList<FamilyResult> Load() =>
        [.. (Directory.Exists(folder) ? Directory.GetFiles(folder, "F*.json") : [])
            .Select(static file => JsonSerializer.Deserialize<FamilyResult>(File.ReadAllText(file))!)
            .OrderBy(static result => int.Parse(result.Family[1..], CultureInfo.InvariantCulture))];

    /// <summary>As Markdown.</summary>
    public static string ToMarkdown(IReadOnlyList<FamilyResult> results)
    {
        var text = new StringBuilder();
        Line(text, "| family | fault | fired | runs or alerts | failures | seed | dose | seconds | load before, after | measured |");
        Line(text, "|---|---|---|---|---|---|---|---|---|---|");
        foreach (var result in results)
        {
            Line(text, string.Create(
                CultureInfo.InvariantCulture,
                $"| {result.Family} | {result.Title} | {result.Fired} | {result.Subjects} | {result.Failures.Count} | {result.Seed} | {result.Dose:0.##} | {result.Seconds:0} | {result.LoadBefore:0.0}, {result.LoadAfter:0.0} | {string.Join("; ", result.Notes)} |"));
        }

        foreach (var result in results.Where(static result => result.Failures.Count > 0))
        {
            Line(text, "");
            Line(text, $"{result.Family} failed:");
            foreach (var failure in result.Failures.Take(20))
            {
                Line(text, $"- {failure.ReplaceLineEndings(" ")}");
            }
        }

        return text.ToString();
    }

    /// <summary>Writes the table into the document, in place of the one that is there.</summary>
    public static async Task WriteAsync(string document, string table)
    {
        var text = await File.ReadAllTextAsync(document);
        var begin = text.IndexOf(Begin, StringComparison.Ordinal);
        var end = text.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
        {
            throw new InvalidDataException($"{document} has no place for the results");
        }

        await File.WriteAllTextAsync(document, text[..(begin + Begin.Length)] + "\n" + table + text[end..]);
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
