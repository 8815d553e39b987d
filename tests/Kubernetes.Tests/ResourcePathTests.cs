namespace RunbookOperator.Kubernetes.Tests;

public sealed class ResourcePathTests
{
    private static readonly ResourceDefinition Deployments = new("apps", "v1", "Deployment", "deployments");

    [Fact]
    public void The_core_group_has_a_path_of_its_own()
    {
        Assert.Equal("/api/v1/namespaces/shop/pods/web", ResourcePath.OfObject(Pod.Definition, new NamespacedName("shop", "web")));
        Assert.Equal("/apis/apps/v1/namespaces/shop/deployments/web/scale", ResourcePath.OfObject(Deployments, new NamespacedName("shop", "web"), "scale"));
    }

    [Fact]
    public void A_collection_may_span_all_namespaces()
    {
        Assert.Equal("/apis/apps/v1/deployments", ResourcePath.OfCollection(Deployments, null));
        Assert.Equal("/api/v1/namespaces", ResourcePath.OfCollection(Namespace.Definition, null));
        Assert.Equal("/api/v1/namespaces/shop", ResourcePath.OfObject(Namespace.Definition, new NamespacedName("", "shop")));
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a%2fb")]
    public void A_name_that_would_change_the_path_is_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => ResourcePath.OfObject(Pod.Definition, new NamespacedName("shop", name)));
        Assert.Throws<ArgumentException>(() => ResourcePath.OfObject(Pod.Definition, new NamespacedName(name, "web")));
    }

    [Fact]
    public void What_has_a_meaning_in_a_URL_is_escaped() =>
        Assert.Equal("/api/v1/namespaces/shop/pods/a%3Fb%23c", ResourcePath.OfObject(Pod.Definition, new NamespacedName("shop", "a?b#c")));
}
