using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions.Tests;

public sealed class KindRiskTests
{
    [Theory]
    [InlineData("Deployment", null, "deployments.apps", nameof(KindWeight.Known))]
    [InlineData("deploy", "apps/v1", "deployments.apps", nameof(KindWeight.Known))]
    [InlineData("deployments.apps", null, "deployments.apps", nameof(KindWeight.Known))]
    [InlineData("Deployment", "example.com/v1", "", nameof(KindWeight.Unknown))]
    [InlineData("deployments.example.com", null, "", nameof(KindWeight.Unknown))]
    [InlineData("SECRETS", null, "secrets", nameof(KindWeight.Guarded))]
    [InlineData("secret", "v1", "secrets", nameof(KindWeight.Guarded))]
    [InlineData("validatingadmissionpolicies.admissionregistration.k8s.io", null, "", nameof(KindWeight.Guarded))]
    [InlineData("HTTPRoute", "gateway.networking.k8s.io/v1", "", nameof(KindWeight.Guarded))]
    [InlineData("Runbook", "runbooks.dev/v1alpha1", "", nameof(KindWeight.Guarded))]
    [InlineData("Widget", null, "", nameof(KindWeight.Unknown))]
    public void A_kind_is_known_by_each_of_its_names(string kind, string? apiVersion, string groupResource, string weight)
    {
        var risk = KindRisk.Named(kind, apiVersion);
        Assert.Equal((groupResource, weight), (risk.GroupResource, risk.Weight.ToString()));
    }

    [Theory]
    [InlineData("apps", "deployments", nameof(KindWeight.Known))]
    [InlineData("", "secrets", nameof(KindWeight.Guarded))]
    [InlineData("networking.k8s.io", "ipaddresses", nameof(KindWeight.Guarded))]
    [InlineData("example.com", "secrets", nameof(KindWeight.Unknown))]
    public void A_kind_of_the_server_is_known_by_its_group(string group, string plural, string weight) =>
        Assert.Equal(weight, KindRisk.Of(new ResourceDefinition(group, "v1", "Kind", plural)).Weight.ToString());
}
