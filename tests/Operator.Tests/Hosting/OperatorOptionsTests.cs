using Microsoft.Extensions.Configuration;
using RunbookOperator.Hosting;

namespace RunbookOperator.Tests.Hosting;

public sealed class OperatorOptionsTests
{
    [Fact]
    public void Without_any_setting_there_is_one_that_works()
    {
        var options = Read();

        Assert.Equal(("host-1", "runbooks-system", "system:serviceaccount:runbooks-system:runbook-operator"), (options.Identity, options.Namespace, options.Username));
        Assert.Equal((8080, 8081, 8443, false), (options.AlertsPort, options.HealthPort, options.AdmissionPort, options.AllowLocalRepositories));
        Assert.Equal(TimeSpan.FromMinutes(2), OperatorOptions.Time(options.Settle));
    }

    [Fact]
    public void Settings_are_read_whatever_their_case()
    {
        var options = Read(("STEPIMAGE", "step:1"), ("alertsport", "0"), ("AllowLocalRepositories", "true"), ("leaseDuration", "3s"), ("kubeconfig", "/x"));

        Assert.Equal(("step:1", 0, true, "3s"), (options.StepImage, options.AlertsPort, options.AllowLocalRepositories, options.LeaseDuration));
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        (string Name, string Value)[] mistakes =
        [
            ("Namespace", ""), ("StepImage", ""), ("CacheFolder", ""), ("Listen", "everywhere"), ("AlertsPort", "65536"), ("HealthPort", "-1"), ("AdmissionPort", "many"),
            ("AllowLocalRepositories", "perhaps"), ("AdmissionUrl", "http://10.0.0.5"), ("Settle", "soon"), ("Window", "-1m"), ("ApprovalTimeout", "30"), ("PodsKept", ""), ("LeaseDuration", "1s"),
            ("EgressAllow", "10.0.0.0/33"), ("EgressDeny", "example.com"),
        ];

        var problems = Assert.Throws<OptionsException>(() => Read(mistakes)).Problems;

        Assert.Equal(mistakes.Length, problems.Count);
        Assert.All(mistakes, mistake => Assert.Single(problems, problem => problem.Contains(mistake.Name, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("AdmissionUrl", "https://10.0.0.5:8443")]
    [InlineData("Listen", "::")]
    [InlineData("LeaseDuration", "2s")]
    [InlineData("AdmissionPort", "0")]
    [InlineData("EgressAllow", "10.0.0.0/8, 192.0.2.7, fd00::/8")]
    [InlineData("EgressDeny", "")]
    public void What_can_be_used_is_no_mistake(string name, string value) => Assert.NotNull(Read((name, value)));

    private static OperatorOptions Read(params (string Name, string Value)[] settings) => OperatorOptions.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build(), "host-1");
}
