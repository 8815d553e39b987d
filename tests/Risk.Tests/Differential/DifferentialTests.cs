using System.Diagnostics;
using System.Text.Json;
using RunbookOperator.Risk.Syntax;
using Xunit.Abstractions;

namespace RunbookOperator.Risk.Tests.Differential;

/// <summary>Our parser beside another one, over everything the corpus holds and over texts made for the purpose.</summary>
public sealed class DifferentialTests(ITestOutputHelper output)
{
    private const int Seed = 20_240;
    private const int Generated = 75_000;
    private const int Mutated = 25_000;

    /// <summary>How many of the generated texts may be refused by us alone, of a thousand.</summary>
    private const int RefusedPerThousand = 10;

    /// <summary>How many may be read otherwise because the other parser does not follow bash, of a thousand.</summary>
    private const int OtherwisePerThousand = 60;

    [Fact]
    public async Task Every_command_of_the_corpus_is_read_as_another_parser_reads_it()
    {
        var counts = await CompareAsync([.. Corpus()]);
        Assert.Empty(counts.Wrong);
        Assert.True(counts.Same > 1150, $"only {counts.Same} are the same");
        Assert.Equal(0, counts.Otherwise);
        Assert.True(counts.RefusedByUs <= 3, $"{counts.RefusedByUs} are refused by us alone");
    }

    [Fact]
    public async Task A_hundred_thousand_generated_texts_are_read_as_another_parser_reads_them()
    {
        var generator = new ShellGenerator(Seed);
        var corpus = Corpus().Where(command => command.Length < 150).ToList();
        var texts = new List<string>(Generated + Mutated);
        for (var count = 0; count < Generated; count++)
        {
            texts.Add(generator.Next());
        }

        for (var count = 0; count < Mutated; count++)
        {
            texts.Add(generator.Mutate(count % 2 == 0 ? texts[count] : corpus[count / 2 % corpus.Count]));
        }

        var counts = await CompareAsync(texts);
        Assert.Empty(counts.Wrong.Take(20));
        Assert.True(counts.Same > texts.Count * 3 / 4, $"only {counts.Same} are the same");
        Assert.True(counts.RefusedByUs * 1000 <= texts.Count * RefusedPerThousand, $"{counts.RefusedByUs} are refused by us alone");
        Assert.True(counts.Otherwise * 1000 <= texts.Count * OtherwisePerThousand, $"{counts.Otherwise} are read otherwise");
    }

    private static IEnumerable<string> Corpus() =>
        new[] { "real.jsonl", "adversarial.jsonl" }
            .SelectMany(file => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Corpus", file)))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("command").GetString()!);

    private async Task<Counts> CompareAsync(List<string> texts)
    {
        var oracle = await ShellOracle.InstallAsync();
        var answers = await oracle.ReadAsync(texts);
        Assert.Equal(texts.Count, answers.Count);
        var counts = new Counts();
        var askBash = new List<Question>();
        for (var index = 0; index < texts.Count; index++)
        {
            Compare(texts[index], answers[index], counts, askBash);
        }

        await Parallel.ForEachAsync(askBash, async (question, _) => question.BashAccepts = await BashAcceptsAsync(question.Text));
        foreach (var question in askBash)
        {
            counts.Judge(question);
        }

        output.WriteLine(counts.ToString());
        foreach (var wrong in counts.Wrong)
        {
            output.WriteLine(wrong);
        }

        return counts;
    }

    private static void Compare(string text, ShellOracle.Answer answer, Counts counts, List<Question> askBash)
    {
        var tree = ShellParser.Parse(text);
        var error = tree.Items is [.., { Command: ErrorNode last }] ? last : null;
        if (answer.Exempt || error?.Rule == "text.look-alike" || TextGuard.FirstHidden(text) is not null || text.Length > RiskClassifier.MaximumLength)
        {
            counts.Exempt++;
        }
        else if (error is not null && answer.Reading is null)
        {
            counts.BothRefuse++;
        }
        else if (error is not null || answer.Reading is null)
        {
            askBash.Add(new Question(text, error?.Message));
        }
        else if (Reading.Of(text)!.ToString() == WithoutContinuations(answer.Reading, text).ToString())
        {
            counts.Same++;
        }
        else
        {
            counts.ReadOtherwise(text, tree, answer.Reading);
        }
    }

    // The other parser lets a word end behind the line continuation that follows it, or in the middle of that.
    private static Reading WithoutContinuations(Reading reading, string text)
    {
        ReadWord Trim(ReadWord word)
        {
            var end = word.End;
            end -= end < text.Length && text[end - 1] == '\\' && text[end] == '\n' && text[end - 2] != '\\' ? 1 : 0;
            while (end - 2 > word.Start && text[end - 2] == '\\' && text[end - 1] == '\n' && !(text[end - 3] == '\\' && text[end - 4] != '\\'))
            {
                end -= 2;
            }

            return word with { End = end };
        }

        return new Reading([.. reading.Commands.Select(command => command.Select(Trim).ToList())], [.. reading.Words.Select(Trim)]);
    }

    private static async Task<bool> BashAcceptsAsync(string text)
    {
        var start = new ProcessStartInfo("bash", ["-n", "-O", "extglob", "-c", "--", text]) { RedirectStandardError = true, UseShellExecute = false, RedirectStandardOutput = true };
        using var bash = Process.Start(start)!;
        var error = await bash.StandardError.ReadToEndAsync();
        await bash.WaitForExitAsync();
        return bash.ExitCode == 0 && !error.Contains("here-document", StringComparison.Ordinal);
    }
}
