using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RunbookOperator.Risk.Syntax;
using Xunit.Abstractions;

namespace RunbookOperator.Risk.Tests;

/// <summary>
/// No allowed value of a quoted variable makes a safe command anything else: tried by the verdict about the text with the value in it, and by
/// running it. Only programs that read text are run, in a folder of their own that must not change.
/// </summary>
public sealed class ValueRuleTests(ITestOutputHelper output)
{
    private const string Allowed = "abcxyzABCXYZ0123456789._:/@%+,-";

    private static readonly string[] Runnable = ["grep", "awk", "head", "tail", "cut", "jq", "sort", "uniq", "wc", "tr", "cat", "ls", "echo"];

    /// <summary>Few commands of the corpus run on this machine alone, so each of the programs is tried in its own places as well.</summary>
    private static readonly string[] OwnTexts =
    [
        "grep \"$value\" a", "grep -c \"$value\" a file", "grep -e \"$value\" a", "grep -A 1 \"$value\" a", "grep -m \"$value\" one a", "head -n \"$value\" a", "head \"$value\"", "tail -n \"$value\" a", "tail \"$value\"",
        "cut -d \"$value\" -f 1 a", "cut -f \"$value\" a", "cat \"$value\"", "cat a | grep \"$value\"", "cat a | sort -k \"$value\"", "sort \"$value\"", "sort -t \"$value\" -k 1 a", "uniq -f \"$value\" a", "wc \"$value\"", "wc -l a \"$value\"",
        "tr \"$value\" x", "tr a \"$value\"", "ls \"$value\"", "ls -l \"$value\"", "echo \"$value\"", "echo \"a $value b\" | wc -c", "jq . \"$value\"", "jq --arg v \"$value\" .x file", "awk '{print $1}' \"$value\"", "cat a | awk '{print $1}' | grep -v \"$value\"",
    ];

    private static readonly string[] Awkward =
        ["a", "0", "/", "/etc/passwd", "%s%n", "%d", "@file", "+x", "+1", "a:b", "a,b", "http://host/x", "a@b", "./x", "/tmp/x", "w", "e", "1d", ":x", ",", "%", "a--b", "x-delete", "all", "true", "1000000000000", "0x10", "a/./b"];

    private static readonly RiskClassifier Classifier = new();
    private static readonly RiskVariables Known = new(["value"]);

    private static List<string> Texts { get; } =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Corpus", "real.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("command").GetString()!)
            .SelectMany(WithVariable)
            .Concat(OwnTexts)
            .Where(text => Classifier.Classify(text, Known).Level == RiskLevel.Safe)
            .Distinct()];

    [Fact]
    public void No_allowed_value_changes_the_verdict_about_the_text_that_holds_it()
    {
        Assert.True(Texts.Count > 60, $"only {Texts.Count} texts");
        var wrong = Texts
            .SelectMany(text => Values(text.Length).Select(value => (text, value, filled: text.Replace("\"$value\"", $"'{value}'"))))
            .Where(one => Classifier.Classify(one.filled, Known).Level == RiskLevel.Dangerous)
            .Select(one => $"{one.text} with {one.value}")
            .ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count}\n{string.Join('\n', wrong.Take(20))}");
    }

    [Fact]
    public async Task No_allowed_value_makes_a_safe_command_write_anything()
    {
        var folder = Directory.CreateTempSubdirectory("runbook-values-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "a"), "one two\n3 4\n");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "file"), "{\"x\": [1, 2]}\n");
            var before = Digest(folder.FullName);
            var texts = Texts.Where(IsRunnable).ToList();
            Assert.True(texts.Count >= 20, $"only {texts.Count} can be run");
            foreach (var text in texts)
            {
                foreach (var value in Values(text.Length).Where((_, index) => index % 3 == 0))
                {
                    await RunAsync(text, value, folder.FullName);
                    Assert.True(before == Digest(folder.FullName), $"`{text}` with `{value}` changed a file");
                }
            }

            output.WriteLine($"{texts.Count} of {Texts.Count} texts were run");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The command with one of its operands replaced by a quoted variable, in every place.</summary>
    private static IEnumerable<string> WithVariable(string command)
    {
        foreach (var word in Simple(command).SelectMany(simple => simple.Words.Skip(1)))
        {
            if (word.Literal is { Length: > 0 } literal && literal[0] != '-')
            {
                yield return string.Concat(command.AsSpan(0, word.Span.Start), "\"$value\"", command.AsSpan(word.Span.End));
            }
        }
    }

    private static List<SimpleCommand> Simple(string command)
    {
        var items = ShellParser.Parse(command).Items.Select(item => item.Command).ToList();
        return [.. items.SelectMany(node => node is Pipeline pipeline ? pipeline.Commands : [node]).OfType<SimpleCommand>()];
    }

    // No redirections but between descriptors, no substitutions, no compound commands: what runs is what the list says.
    private static bool IsRunnable(string text)
    {
        var commands = Simple(text);
        var items = ShellParser.Parse(text).Items;
        return items.All(item => item.Command is SimpleCommand or Pipeline { Commands: [SimpleCommand, ..] })
            && commands.Count >= items.Count
            && commands.All(simple => simple.Words is [{ Bare: { } program }, ..] && Runnable.Contains(program) && simple.Assignments.Count == 0
                && simple.Redirections.All(redirection => redirection.Kind == RedirectionKind.Duplicate)
                && simple.Words.SelectMany(word => word.Parts).All(part => part is LiteralPart or VariablePart { Argument: null })
                && !simple.Words.Any(word => word.Literal is "-f" or "-F" or "--follow" or "-R" or "-r"));
    }

    private static IEnumerable<string> Values(int seed)
    {
        var random = new Random(seed);
        for (var count = 0; count < 20; count++)
        {
            var value = new StringBuilder();
            for (var length = random.Next(1, 12); length > 0; length--)
            {
                value.Append(Allowed[random.Next(Allowed.Length)]);
            }

            if (value[0] != '-' && !value.ToString().Contains(".."))
            {
                yield return value.ToString();
            }
        }

        foreach (var value in Awkward.Where(value => !value.Contains("..")))
        {
            yield return value;
        }
    }

    private static string Digest(string folder)
    {
        var text = new StringBuilder();
        foreach (var file in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            text.Append(file).Append(File.Exists(file) ? Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))) : "").Append('\n');
        }

        return text.ToString();
    }

    private static async Task RunAsync(string text, string value, string folder)
    {
        var start = new ProcessStartInfo("timeout", ["2", "bash", "-euo", "pipefail", "-c", text])
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        start.Environment["HOME"] = folder;
        start.Environment["value"] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var drained = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        _ = await drained;
    }
}
