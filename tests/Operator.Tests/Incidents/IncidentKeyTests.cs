using RunbookOperator.Api;
using RunbookOperator.Incidents;

namespace RunbookOperator.Tests.Incidents;

public sealed class IncidentKeyTests
{
    [Theory]
    [InlineData("incident:db", "runbooks.dev/incident=db", "service=checkout", "namespace=shop")]
    [InlineData("service:shop/checkout", "service=checkout", "app=other", "namespace=shop")]
    [InlineData("service:shop/checkout", "app=checkout", "namespace=shop")]
    [InlineData("service:/checkout", "service=checkout")]
    [InlineData("service:shop/checkout", "service=", "app=checkout", "namespace=shop")]
    [InlineData("group:{}:{alertname=x}", "namespace=shop")]
    [InlineData("group:{}:{alertname=x}", "service=", "runbooks.dev/incident=")]
    public void The_first_of_incident_service_and_group_is_the_key(string key, params string[] labels) =>
        Assert.Equal(key, Key(labels).Value);

    [Theory]
    [InlineData("^checkout-[0-9a-f]{8}-2$", "service=checkout", "namespace=shop")]
    [InlineData("^check-out-[0-9a-f]{8}-2$", "service=--Check-Out!../", "namespace=shop")]
    [InlineData("^incident-[0-9a-f]{8}-2$", "service=お店")]
    [InlineData("^incident-[0-9a-f]{8}-2$", "namespace=shop")]
    [InlineData("^db-[0-9a-f]{8}-2$", "runbooks.dev/incident=db", "service=checkout")]
    public void The_name_is_of_the_form_that_names_must_have(string name, params string[] labels)
    {
        Assert.Matches(name, Key(labels).Name(2));
        Assert.Equal(2, IncidentKey.Number(Key(labels).Name(2)));
    }

    [Fact]
    public void A_long_service_makes_a_bounded_key_and_a_bounded_name()
    {
        var key = Key("service=" + new string('s', 5000), "namespace=" + new string('n', 5000));

        Assert.True(key.Value.Length <= Limits.Value);
        Assert.True(key.Service!.Length <= Limits.Line);
        Assert.True(key.Name(1).Length <= Limits.Label);
    }

    [Fact]
    public void A_long_service_beside_a_named_incident_is_bounded_too() =>
        Assert.Equal(Limits.Line, Key("runbooks.dev/incident=db", "service=" + new string('s', 5000)).Service!.Length);

    [Fact]
    public void A_service_without_text_is_none() =>
        Assert.Null(Key("runbooks.dev/incident=db", "service=").Service);

    [Fact]
    public void Without_a_service_and_a_group_there_is_a_key_all_the_same() =>
        Assert.Equal("group:", IncidentKey.Of(new Dictionary<string, string>(), "").Value);

    [Fact]
    public void Alerts_of_two_services_that_name_one_incident_have_one_name() =>
        Assert.Equal(Key("runbooks.dev/incident=db", "service=checkout").Name(1), Key("runbooks.dev/incident=db", "service=payment").Name(1));

    [Theory]
    [InlineData("", 0)]
    [InlineData("checkout", 0)]
    [InlineData("checkout-0badcafe-x", 0)]
    [InlineData("checkout-0badcafe-12", 12)]
    [InlineData("checkout-0badcafe-99999999999999", 0)]
    public void A_number_is_read_from_a_name(string name, int number) => Assert.Equal(number, IncidentKey.Number(name));

    private static IncidentKey Key(params string[] labels) =>
        IncidentKey.Of(labels.Select(label => label.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]), "{}:{alertname=x}");
}
