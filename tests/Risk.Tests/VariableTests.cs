namespace RunbookOperator.Risk.Tests;

/// <summary>What is known of the environment decides about values.</summary>
public sealed class VariableTests
{
    private static readonly RiskVariables Known = new(["namespace", "pod"]);

    private static RiskLevel Level(string command, RiskVariables? variables) => new RiskClassifier().Classify(command, variables).Level;

    [Theory]
    [InlineData("kubectl get pods -n \"$namespace\"")]
    [InlineData("kubectl get pods -n $namespace")]
    [InlineData("kubectl logs \"$pod\"")]
    [InlineData("kubectl logs pod/$pod")]
    [InlineData("kubectl get pods -n \"$other\"")]
    [InlineData("kubectl logs \"pod/$other\"")]
    [InlineData("echo $other")]
    public void A_value_in_its_place_takes_the_answer_around_it(string command) => Assert.Equal(RiskLevel.Safe, Level(command, Known));

    [Theory]
    [InlineData("kubectl logs \"$other\"")]
    [InlineData("kubectl logs $other")]
    [InlineData("kubectl get pods -n $other")]
    [InlineData("kubectl logs pod/$other")]
    [InlineData("echo $((other + 1))")]
    [InlineData("kubectl logs \"${pod%x}\"")]
    public void A_value_that_is_not_bounded_is_dangerous_where_a_flag_could_stand(string command) =>
        Assert.Equal(RiskLevel.Dangerous, Level(command, Known));

    [Fact]
    public void Without_a_word_about_the_environment_its_variables_are_taken_for_parameters()
    {
        Assert.Equal(RiskLevel.Safe, Level("kubectl logs $pod", null));
        Assert.Equal(RiskLevel.Dangerous, Level("kubectl logs $pod", RiskVariables.None));
    }

    [Theory]
    [InlineData("pod=$(cat f); kubectl logs \"$pod\"")]
    [InlineData("read pod; kubectl logs \"$pod\"")]
    [InlineData("unset pod; kubectl logs \"$pod\"")]
    [InlineData("kubectl logs $pod; pod=--x")]
    [InlineData("f() { kubectl logs $pod; }; pod=$(cat f); f")]
    public void A_bounded_name_that_the_text_sets_anew_is_no_longer_bounded(string command) => Assert.Equal(RiskLevel.Dangerous, Level(command, Known));

    [Fact]
    public void Two_sets_of_the_same_names_are_equal()
    {
        Assert.Equal(new RiskVariables(["a", "b"]), new RiskVariables(["b", "a"]));
        Assert.NotEqual(new RiskVariables(["a"]), RiskVariables.None);
    }
}
