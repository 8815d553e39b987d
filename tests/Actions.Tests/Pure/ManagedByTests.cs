using System.Text.Json.Nodes;

namespace RunbookOperator.Actions.Tests;

public sealed class ManagedByTests
{
    [Theory]
    [InlineData("""{"annotations": {"argocd.argoproj.io/tracking-id": "shop:apps/Deployment:checkout/web"}}""",
        "Argo CD manages it (application shop): the change will be reverted at a sync; change it in Git too")]
    [InlineData("""{"labels": {"argocd.argoproj.io/instance": "shop"}}""",
        "Argo CD manages it (application shop): the change will be reverted at a sync; change it in Git too")]
    [InlineData("""{"managedFields": [{"manager": "argocd-controller"}]}""",
        "Argo CD manages it: the change will be reverted at a sync; change it in Git too")]
    [InlineData("""{"labels": {"kustomize.toolkit.fluxcd.io/name": "shop", "kustomize.toolkit.fluxcd.io/namespace": "flux-system"}}""",
        "Flux manages it (Kustomization flux-system/shop): the change will be reverted at the next reconciliation; change it in Git too")]
    [InlineData("""{"labels": {"helm.toolkit.fluxcd.io/name": "shop"}}""",
        "Flux manages it (HelmRelease shop): the change will be reverted at the next upgrade; change it in Git too")]
    [InlineData("""{"labels": {"kustomize.toolkit.fluxcd.io/name": "shop"}, "annotations": {"kustomize.toolkit.fluxcd.io/reconcile": "disabled"}}""", null)]
    [InlineData("""{"labels": {"kustomize.toolkit.fluxcd.io/name": "shop"}, "annotations": {"kustomize.toolkit.fluxcd.io/ssa": "Ignore"}}""", null)]
    [InlineData("""{"labels": {"app.kubernetes.io/instance": "shop"}}""", null)]
    [InlineData("{}", null)]
    public void Who_will_revert_a_change_is_told(string metadata, string? expected) =>
        Assert.Equal(expected, ManagedBy.Of(new JsonObject { ["metadata"] = JsonNode.Parse(metadata) }));
}
