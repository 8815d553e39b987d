using RunbookOperator.Cli.Rendering;

namespace RunbookOperator.Cli.Tests.Rendering;

public sealed class ClipTests
{
    [Fact]
    public void The_last_lines_are_shown_and_the_rest_is_counted()
    {
        var output = string.Join('\n', Enumerable.Range(1, Clip.OutputLines + 3));
        var lines = Clip.Output(output, truncated: false).ToList();
        Assert.Equal("… 3 more lines before", lines[0]);
        Assert.Equal("4", lines[1]);
        Assert.Equal(Clip.OutputLines + 1, lines.Count);
    }

    [Fact]
    public void A_short_output_is_shown_as_it_is() => Assert.Equal(["a", "b"], Clip.Output("a\nb\n", truncated: false));

    [Fact]
    public void An_output_that_was_cut_before_says_so() => Assert.Equal(["… more before", "a"], Clip.Output("a", truncated: true));

    [Fact]
    public void A_long_line_is_cut_but_not_within_a_character()
    {
        Assert.Equal(new string('a', Clip.OutputWidth), Clip.Output(new string('a', Clip.OutputWidth), truncated: false).Single());
        Assert.Equal(new string('a', Clip.OutputWidth - 1) + "…", Clip.Output(new string('a', Clip.OutputWidth + 1), truncated: false).Single());
        Assert.Equal("a…", Clip.Width("a🚀🚀", 3));
    }
}
