using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime.Tests;

public sealed class StoreTests
{
    private readonly Store<ConfigMap> _store = new();

    public StoreTests() => _store.AddIndex("group", value => value.Metadata.Labels?.GetValueOrDefault("group") is { } group ? [group] : []);

    [Fact]
    public void A_change_moves_an_object_between_the_values_of_an_index()
    {
        _store.Set(Given.Map("a", "1", "x"));
        _store.Set(Given.Map("b", "1", "x"));

        var change = _store.Set(Given.Map("a", "2", "y"));

        Assert.Equal("1", change?.Before?.Metadata.ResourceVersion);
        Assert.Equal(["b"], Names(_store.ByIndex("group", "x")));
        Assert.Equal(["a"], Names(_store.ByIndex("group", "y")));
        Assert.Equal(["a", "b"], Names(_store.List("shop")));
        Assert.Empty(_store.List("elsewhere"));
    }

    [Fact]
    public void A_version_that_is_there_already_is_no_change()
    {
        _store.Set(Given.Map("a"));

        Assert.Null(_store.Set(Given.Map("a")));
        Assert.NotNull(_store.Set(Given.Map("a", uid: "another")));
    }

    [Fact]
    public void A_deletion_carries_the_last_state_known()
    {
        _store.Set(Given.Map("a"));

        var change = _store.Remove(Given.A, Given.Map("a", "9"));

        Assert.Null(change?.After);
        Assert.Equal("9", change?.Object.Metadata.ResourceVersion);
        Assert.Null(_store.Find(Given.A));
        Assert.Empty(_store.List("shop"));
        Assert.Null(_store.Remove(Given.A));
    }

    [Fact]
    public void A_new_list_finds_what_was_missed()
    {
        _store.Set(Given.Map("same"));
        _store.Set(Given.Map("changed", "1", "x"));
        _store.Set(Given.Map("gone", "1", "x"));
        _store.Set(Given.Map("unreadable"));

        var changes = _store.Replace(
            [Given.Map("same"), Given.Map("changed", "2"), Given.Map("new")], new HashSet<NamespacedName> { new("shop", "unreadable") });

        Assert.Equal(
            ["changed: 1 -> 2", "gone: 1 -> ", "new:  -> 1"],
            changes.Select(Describe).Order(StringComparer.Ordinal));
        Assert.Equal(["changed", "new", "same", "unreadable"], Names(_store.List()));
        Assert.Empty(_store.ByIndex("group", "x"));
    }

    [Fact]
    public void An_index_added_late_knows_what_is_there()
    {
        _store.Set(Given.Map("a"));
        _store.AddIndex("uid", value => [value.Metadata.Uid!]);

        Assert.Equal(["a"], Names(_store.ByIndex("uid", "u")));
    }

    [Fact]
    public void An_index_that_is_not_there_is_a_mistake() => Assert.Throws<ArgumentException>(() => _store.ByIndex("none", "x"));

    private static string Describe(ResourceEvent<ConfigMap> change) =>
        $"{change.Object.Metadata.Name}: {change.Before?.Metadata.ResourceVersion} -> {change.After?.Metadata.ResourceVersion}";

    private static IEnumerable<string?> Names(IEnumerable<ConfigMap> values) =>
        values.Select(value => value.Metadata.Name).Order(StringComparer.Ordinal);
}
