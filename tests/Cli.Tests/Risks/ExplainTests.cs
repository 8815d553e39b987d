using System.Text.Json.Nodes;
using RunbookOperator.Actions;
using RunbookOperator.Documents;
using RunbookOperator.Risk;

namespace RunbookOperator.Cli.Tests.Risks;

public sealed class ExplainTests
{
    [Theory]
    [InlineData("program.unknown")]
    [InlineData("PROGRAM.UNKNOWN")]
    public async Task A_rule_is_told_in_full(string id)
    {
        var rule = RiskRules.All.Single(item => item.Id == "program.unknown");
        var host = new TestHost();
        Assert.Equal(0, await host.RunAsync("explain", id));
        Assert.Contains(rule.Title, host.Out, StringComparison.Ordinal);
        Assert.Contains(rule.Explanation, host.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_about_documents_is_told_in_full()
    {
        var host = new TestHost();
        Assert.Equal(0, await host.RunAsync("explain", "rbk007"));
        Assert.StartsWith("RBK007  ", host.Out, StringComparison.Ordinal);
        Assert.Contains(DocumentRules.Find("RBK007")!.Explanation, host.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_action_says_what_it_takes()
    {
        var host = new TestHost();
        Assert.Equal(0, await host.RunAsync("explain", "kubernetes/scale"));
        Assert.Contains("replicas <number>", host.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_actions_are_listed()
    {
        var host = new TestHost();
        Assert.Equal(0, await host.RunAsync("explain", "actions", "-o", "json"));
        Assert.Equal(
            ActionCatalog.Default.All.Select(action => action.Declaration.Name),
            JsonNode.Parse(host.Out)!.AsArray().Select(action => (string)action!["name"]!));
    }

    [Fact]
    public async Task Without_a_rule_all_are_listed()
    {
        var host = new TestHost();
        Assert.Equal(0, await host.RunAsync("explain", "-o", "json"));
        var ids = JsonNode.Parse(host.Out)!.AsArray().Select(rule => (string)rule!["id"]!).ToList();
        Assert.Superset(RiskRules.All.Select(rule => rule.Id).Concat(DocumentRules.All.Select(rule => rule.Id)).ToHashSet(), ids.ToHashSet());
    }

    [Fact]
    public async Task An_unknown_rule_is_an_error_with_a_guess()
    {
        var host = new TestHost();
        Assert.Equal(1, await host.RunAsync("explain", "program.unknwon"));
        Assert.Equal("error: there is no rule \"program.unknwon\"; did you mean program.unknown?\n", host.Error);
    }
}
