using System.Text;
using RunbookOperator.Cli.Runs;

namespace RunbookOperator.Cli.Tests.Runs;

public sealed class ConsentTests
{
    private readonly StringBuilder _questions = new();

    [Theory]
    [InlineData("y")]
    [InlineData("YES")]
    [InlineData(" y ")]
    public async Task Yes_is_a_yes(string typed)
    {
        Assert.Null(await AskAsync("approve", "caution", typed, isTerminal: true));
        Assert.Equal("Approve? [y/N] ", _questions.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("n")]
    [InlineData("sure")]
    [InlineData(null)]
    public async Task Anything_else_is_a_no(string? typed) => await RefusesAsync("not approved", "approve", "caution", typed, isTerminal: true);

    [Fact]
    public async Task Without_a_terminal_nobody_is_asked()
    {
        await RefusesAsync("give --yes to approve", "approve", "caution", "y", isTerminal: false);
        Assert.Empty(_questions.ToString());
    }

    [Fact]
    public async Task With_yes_nobody_is_asked()
    {
        Assert.Null(await AskAsync("approve", "caution", null, isTerminal: true, yes: true));
        Assert.Empty(_questions.ToString());
    }

    [Theory]
    [InlineData("approve", "dangerous")]
    [InlineData("approve", "a risk of next year")]
    public async Task A_dangerous_step_acts_only_with_a_typed_text(string verb, string risk)
    {
        Assert.Equal("payments-db", await AskAsync(verb, risk, " payments-db ", isTerminal: true));
        await RefusesAsync("nothing was typed", verb, risk, "", isTerminal: true, yes: true);
        await RefusesAsync("give --confirm TEXT", verb, risk, "payments-db", isTerminal: false, yes: true);
        Assert.Equal("payments-db", await AskAsync(verb, risk, null, isTerminal: false, confirm: "payments-db"));
    }

    [Theory]
    [InlineData("skip")]
    [InlineData("reject")]
    [InlineData("done")]
    [InlineData("retry")]
    public async Task Whatever_does_not_let_it_act_needs_no_text(string verb) =>
        Assert.Null(await AskAsync(verb, "dangerous", "y", isTerminal: true));

    private async Task<string?> AskAsync(string verb, string risk, string? typed, bool isTerminal, bool yes = false, string? confirm = null)
    {
        using var input = new StringReader(typed ?? "");
        await using var questions = new StringWriter(_questions);
        var terminal = new Terminal { Out = TextWriter.Null, Error = TextWriter.Null, In = input, IsInputTerminal = isTerminal };
        var decision = Decision.All.Single(item => item.Verb == verb);
        return await new Consent(yes, confirm).AskAsync(decision, Samples.Waiting(risk: risk), terminal, questions, CancellationToken.None);
    }

    private async Task RefusesAsync(string message, string verb, string risk, string? typed, bool isTerminal, bool yes = false)
    {
        var error = await Assert.ThrowsAsync<CliException>(() => AskAsync(verb, risk, typed, isTerminal, yes));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
