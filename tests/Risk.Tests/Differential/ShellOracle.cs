using System.Diagnostics;
using System.Text.Json;

namespace RunbookOperator.Risk.Tests.Differential;

/// <summary>What another parser, npm's <c>mvdan-sh</c>, reads in many texts at once.</summary>
internal sealed class ShellOracle(string package, string script)
{
    /// <summary>The package, and the version the tests were written against.</summary>
    public const string Package = "mvdan-sh", Version = "0.10.1";

    private const int Processes = 2;

    /// <summary>One answer.</summary>
    /// <param name="Exempt">It holds what the other parser keeps in another form.</param>
    /// <param name="Reading">What was read, or null if the text was refused.</param>
    internal sealed record Answer(bool Exempt, Reading? Reading);

    /// <summary>Installs the package and finds the script.</summary>
    public static async Task<ShellOracle> InstallAsync()
    {
        var tool = Path.Combine(AppContext.BaseDirectory, "environment", "npm-package");
        var folder = await RunAsync(tool, Package, Version);
        return new ShellOracle(folder.Trim(), Path.Combine(AppContext.BaseDirectory, "Differential", "oracle.cjs"));
    }

    /// <summary>The answers, in the order of <paramref name="texts"/>.</summary>
    public async Task<List<Answer>> ReadAsync(IReadOnlyList<string> texts)
    {
        var size = (texts.Count / Processes) + 1;
        var answers = await Task.WhenAll(texts.Chunk(size).Select(AskAsync));
        return [.. answers.SelectMany(part => part)];
    }

    private async Task<List<Answer>> AskAsync(string[] texts)
    {
        var folder = Directory.CreateTempSubdirectory("runbook-oracle-");
        try
        {
            var (question, answer) = (Path.Combine(folder.FullName, "texts"), Path.Combine(folder.FullName, "answers"));
            await File.WriteAllLinesAsync(question, texts.Select(text => JsonSerializer.Serialize(text)));
            _ = await RunAsync("node", script, package, question, answer);
            var lines = await File.ReadAllLinesAsync(answer);
            return [.. lines.Select(Parse)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Answer Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            return new Answer(document.RootElement.ValueKind == JsonValueKind.String, null);
        }

        var commands = document.RootElement.GetProperty("commands").EnumerateArray().Select(command => command.EnumerateArray().Select(Word).ToList()).ToList();
        var words = document.RootElement.GetProperty("words").EnumerateArray().Select(Word).ToList();
        var reading = new Reading(commands, words);
        reading.Sort();
        return new Answer(Exempt: false, reading);
    }

    private static ReadWord Word(JsonElement word) => new(word[0].GetInt32(), word[1].GetInt32(), word[2].GetString());

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await error}");
    }
}
