using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions.Tests.Cluster;

public sealed class PermissionTests : ActionsOnCluster
{
    private static readonly ResourceDefinition Role = new("rbac.authorization.k8s.io", "v1", "Role", "roles");
    private static readonly ResourceDefinition RoleBinding = new("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings");

    private IKubernetesClient Reader => Client.As(Impersonation.ServiceAccount(Name, "reader"));

    [Fact]
    public async Task An_account_that_may_not_change_fails_and_is_told_what_it_lacks()
    {
        await DeploymentAsync("web");
        await MayReadAsync();
        var context = Context("""{"kind": "Deployment", "name": "web"}""", client: Reader);

        var (_, outcome) = await ActAsync("rollout-restart", context);

        var message = Assert.IsType<ActionOutcome.Failed>(outcome).Message;
        Assert.StartsWith($"Deployment {Name}/web was not changed: not allowed: ", message, StringComparison.Ordinal);
        Assert.Contains($"system:serviceaccount:{Name}:reader", message, StringComparison.Ordinal);
        Assert.Contains("cannot patch", message, StringComparison.Ordinal);
        Assert.Null((await GetAsync(Workloads.Deployment, "web")).Text("spec", "template", "metadata", "annotations", RolloutRestartAction.RestartedAt));
    }

    [Fact]
    public async Task An_account_that_may_not_even_read_is_told_before_anything_is_recorded()
    {
        var context = Context("""{"kind": "Deployment", "name": "web"}""", client: Reader);
        var exception = await Assert.ThrowsAsync<ActionException>(() => Action("rollout-undo").PrepareAsync(context, CancellationToken.None));
        Assert.StartsWith("not allowed: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"system:serviceaccount:{Name}:reader", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_that_is_not_allowed_fails()
    {
        var outcome = await Action("get").ActAsync(Context("""{"kind": "Secret"}""", client: Reader), null, CancellationToken.None);
        Assert.Contains("cannot list resource \"secrets\"", Assert.IsType<ActionOutcome.Failed>(outcome).Message, StringComparison.Ordinal);
    }

    private async Task MayReadAsync()
    {
        await ApplyAsync(Role, JsonNode.Parse("""
            {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": {"name": "reader"},
             "rules": [{"apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["get", "list"]}]}
            """)!.AsObject());
        await ApplyAsync(RoleBinding, JsonNode.Parse($$"""
            {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": {"name": "reader"},
             "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "reader"},
             "subjects": [{"kind": "ServiceAccount", "namespace": "{{Name}}", "name": "reader"} ] }
            """)!.AsObject());
        // The authorizer learns of a binding a moment after it is stored.
        var review = new SelfSubjectAccessReview
        {
            Spec = new SelfSubjectAccessReviewSpec
            {
                ResourceAttributes = new ResourceAttributes { Verb = "get", Group = "apps", Resource = "deployments", Namespace = Name },
            },
        };
        while ((await Reader.CreateAsync(review, CancellationToken.None)).Status?.Allowed != true)
        {
            await Task.Yield();
        }
    }
}
