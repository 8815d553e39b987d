using RunbookOperator.Api;
using RunbookOperator.Incidents;
using static RunbookOperator.Tests.Incidents.Given;

namespace RunbookOperator.Tests.Incidents;

public sealed class RunbookMatcherTests
{
    private const string Slow = "alertname=\"Slow\"";
    private const string Checkout = "service=\"checkout\"";

    [Fact]
    public void The_runbook_with_the_most_matchers_is_found_and_then_the_first_by_name()
    {
        Assert.Equal("b", Find(Runbook("a", Slow), Runbook("b", Slow, Checkout)));
        Assert.Equal("a", Find(Runbook("b", Slow), Runbook("a", Checkout)));
    }

    [Fact]
    public void All_matchers_of_a_trigger_must_hold() => Assert.Null(Find(Runbook("a", Slow, "service=\"payment\"")));

    [Fact]
    public void A_trigger_without_matchers_fits_nothing()
    {
        var runbook = Runbook("a");
        Assert.Null(Find(runbook));
        Assert.Null(Find(runbook with { Spec = runbook.Spec with { Triggers = [] } }));
        Assert.Null(Find(runbook with { Spec = runbook.Spec with { Triggers = [new RunbookTrigger { Alert = new AlertTrigger { Matchers = [] } }] } }));
    }

    [Theory]
    [InlineData("alertname=~\"(\"")]
    [InlineData("not a matcher")]
    [InlineData("")]
    public void A_matcher_that_cannot_be_read_fits_nothing(string matcher) => Assert.Null(Find(Runbook("a", matcher)));

    [Fact]
    public void A_runbook_with_a_field_that_is_not_acted_upon_is_not_found()
    {
        var best = Runbook("a", Slow, Checkout);
        Assert.Equal("b", Find(best with { Spec = best.Spec with { ReviewBy = "2027-01-31" } }, Runbook("b", Slow)));
    }

    [Fact]
    public void A_broken_runbook_blocks_no_other() => Assert.Equal("b", Find(Runbook("a", "("), Runbook("b", Slow)));

    [Fact]
    public void A_runbook_that_is_being_deleted_is_not_found()
    {
        var runbook = Runbook("a", Slow);
        Assert.Null(Find(runbook with { Metadata = runbook.Metadata with { DeletionTimestamp = Minute(0) } }));
    }

    [Fact]
    public void The_first_alert_that_any_fits_decides()
    {
        var found = RunbookMatcher.Find(
            [Runbook("a", Slow, Checkout), Runbook("b", "alertname=\"Down\"")],
            [Alert("1", 0, null, ("alertname", "Odd")), Alert("2", 0, null, ("alertname", "Down")), Alert("3")]);

        Assert.Equal(("b", "2"), (found!.Value.Runbook.Metadata.Name, found.Value.Alert.Fingerprint));
    }

    private static string? Find(params Runbook[] runbooks) => RunbookMatcher.Find(runbooks, [Alert("a")])?.Runbook.Metadata.Name;
}
