namespace RunbookOperator.Operator.Tests.Docs;

public sealed class RuntimeTests
{
    private const string Page = "docs/runtime.md";
    private const string Source = "examples/runtime/GreetingOperator.cs";
    private const int MaxLines = 60;

    [Fact]
    public void The_examples_are_the_sources_that_are_tested() =>
        Assert.Equal([Pages.Read(Source), Pages.Read("examples/runtime/ReplicatedOperator.cs")], Pages.Blocks(Page, "csharp").Select(block => block.Text));

    [Fact]
    public void The_example_is_short()
    {
        var lines = Pages.Read(Source).Split('\n').Count(line => !string.IsNullOrWhiteSpace(line));

        Assert.True(lines <= MaxLines, $"{Source} has {lines} lines of code.");
    }
}
