using System.Text.Json.Nodes;

namespace RunbookOperator.Cli.Tests.Risks;

public sealed class ClassifyTests
{
    [Fact]
    public async Task The_word_comes_first_then_each_reason_below_its_part()
    {
        var host = new TestHost();
        Assert.Equal(0, await host.RunAsync("classify", "frobnicate --all"));
        var lines = host.Out.Split('\n');
        Assert.Equal("dangerous", lines[0]);
        Assert.Equal("  frobnicate --all", lines[2]);
        Assert.Matches("^ +\\^+$", lines[3]);
        Assert.Matches("^  dangerous: .+ \\(program\\.unknown\\)$", lines[4]);
    }

    [Fact]
    public async Task Programs_of_the_site_come_from_a_file()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "- {name: frobnicate, risk: safe, reason: It reads only.}\n");
        var host = new TestHost();
        Assert.Equal(0, await host.RunAsync("classify", "frobnicate", "--programs", file));
        Assert.StartsWith("safe\n", host.Out, StringComparison.Ordinal);
        File.Delete(file);
        Assert.NotEqual(0, await new TestHost().RunAsync("classify", "frobnicate", "--programs", file));
    }

    [Fact]
    public async Task On_a_terminal_the_word_has_its_colour()
    {
        var host = new TestHost { IsTerminal = true };
        await host.RunAsync("classify", "frobnicate");
        Assert.StartsWith("\u001b[1;31mdangerous\u001b[0m\n", host.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_colour_where_nobody_wants_it()
    {
        var host = new TestHost { IsTerminal = true, Environment = new() { ["NO_COLOR"] = "1" } };
        await host.RunAsync("classify", "frobnicate");
        Assert.StartsWith("dangerous\n", host.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_names_rule_level_and_place()
    {
        var host = new TestHost();
        Assert.Equal(0, await host.RunAsync("classify", "frobnicate", "-o", "json"));
        var reason = JsonNode.Parse(host.Out)!["reasons"]![0]!;
        Assert.Equal("program.unknown", (string?)reason["rule"]);
        Assert.Equal("dangerous", (string?)reason["level"]);
        Assert.Equal(0, (int)reason["start"]!);
        Assert.Equal("frobnicate".Length, (int)reason["length"]!);
        Assert.NotEmpty((string)reason["message"]!);
    }

    [Fact]
    public async Task Lines_are_answered_in_order_and_keep_their_ids()
    {
        var host = new TestHost { Input = "{\"id\":\"a\",\"command\":\"frobnicate\"}\n\n{\"id\":2,\"command\":\"\",\"more\":[]}\n" };
        Assert.Equal(0, await host.RunAsync("classify", "--jsonl"));
        var answers = host.Out.TrimEnd().Split('\n').Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(["\"a\"", "2"], answers.Select(answer => answer["id"]!.ToJsonString()));
        Assert.Equal("dangerous", (string?)answers[0]["risk"]);
        Assert.NotEmpty(answers[0]["reasons"]!.AsArray());
        Assert.Empty(host.Error);
    }

    [Theory]
    [InlineData("{\"id\":1}")]
    [InlineData("{\"command\":\"ls\"}")]
    [InlineData("{\"id\":1,\"command\":7}")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"id\":1,\"command\":\"\\ud800\"}")]
    public async Task A_line_that_cannot_be_read_is_told_and_the_rest_goes_on(string bad)
    {
        var host = new TestHost { Input = $"{bad}\n{{\"id\":\"next\",\"command\":\"frobnicate\"}}\n" };
        Assert.Equal(1, await host.RunAsync("classify", "--jsonl"));
        Assert.StartsWith("error: line 1: ", host.Error, StringComparison.Ordinal);
        Assert.Equal("next", (string?)JsonNode.Parse(host.Out)!["id"]);
    }
}
