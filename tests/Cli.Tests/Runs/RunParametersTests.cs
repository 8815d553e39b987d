using RunbookOperator.Api;
using RunbookOperator.Cli.Runs;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cli.Tests.Runs;

public sealed class RunParametersTests
{
    private static readonly RunbookSpec Spec = new()
    {
        Title = "Latency",
        Mode = RunbookMode.Copilot,
        Steps = [],
        Parameters = [new RunbookParameter { Name = "namespace" }, new RunbookParameter { Name = "tier", Enum = ["gold", "silver"] }],
    };

    [Fact]
    public void A_value_may_hold_an_equals_sign() => Assert.Equal(new() { ["a"] = "b=c" }, RunParameters.Parse(["a=b=c"]));

    [Theory]
    [InlineData("-p takes name=value, not 'a'", "a")]
    [InlineData("-p takes name=value, not '=b'", "=b")]
    [InlineData("the parameter a is given without a value", "a=")]
    [InlineData("the parameter a is given twice", "a=1", "a=2")]
    public void What_is_no_parameter_is_refused(string message, params string[] texts) =>
        Assert.Equal(message, Assert.Throws<CliException>(() => RunParameters.Parse(texts)).Message);

    [Fact]
    public void A_value_has_a_limit()
    {
        Assert.Single(RunParameters.Parse(["a=" + new string('x', Limits.Value)]));
        Assert.Throws<CliException>(() => RunParameters.Parse(["a=" + new string('x', Limits.Value + 1)]));
    }

    [Theory]
    [InlineData("namespace", "shop", null)]
    [InlineData("tier", "gold", null)]
    [InlineData("tier", "iron", "the parameter tier must be one of gold, silver, not 'iron'")]
    [InlineData("namspace", "shop", "the runbook has no parameter namspace; it takes namespace, tier; did you mean namespace?")]
    public void The_runbook_says_which_there_are(string name, string value, string? message)
    {
        var error = Record.Exception(() => RunParameters.Check(Spec, new Dictionary<string, string> { [name] = value }));
        Assert.Equal(message, error?.Message);
    }

    [Theory]
    [InlineData(null, null, RunbookMode.Copilot)]
    [InlineData(RunbookMode.ReadAlong, null, RunbookMode.ReadAlong)]
    [InlineData(null, "ReadAlong", RunbookMode.ReadAlong)]
    [InlineData(null, "Autopilot", RunbookMode.Copilot)]
    public void The_mode_is_the_one_asked_for_or_the_highest_there_is(RunbookMode? asked, string? effective, RunbookMode expected) =>
        Assert.Equal(expected, RunModes.Choose(asked, Runbook(effective)));

    [Theory]
    [InlineData(RunbookMode.Autopilot, null)]
    [InlineData(RunbookMode.Copilot, "ReadAlong")]
    public void No_run_goes_further_than_its_runbook(RunbookMode asked, string? effective) =>
        Assert.Contains("goes no further than", Assert.Throws<CliException>(() => RunModes.Choose(asked, Runbook(effective))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("copilot", RunbookMode.Copilot)]
    [InlineData("ReadAlong", RunbookMode.ReadAlong)]
    public void A_mode_is_read_in_any_case(string word, RunbookMode expected) => Assert.Equal(expected, RunModes.Parse(word));

    [Theory]
    [InlineData("1")]
    [InlineData("auto")]
    public void Other_words_are_no_modes(string word) => Assert.Throws<CliException>(() => RunModes.Parse(word));

    private static Runbook Runbook(string? effective) => new()
    {
        Metadata = new ObjectMeta { Name = "latency" }, Spec = Spec, Status = new RunbookStatus { EffectiveMode = effective },
    };
}
