using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions.Tests;

public sealed class ShowableTests
{
    [Fact]
    public void Of_a_secret_no_value_can_be_shown()
    {
        var secret = JsonNode.Parse("""
            {"apiVersion": "v1", "kind": "Secret", "type": "Opaque", "data": {"password": "aHVudGVyMg=="}, "stringData": {"x": "hunter2"},
             "metadata": {"name": "db", "labels": {"app": "db"}, "managedFields": [{"manager": "kubectl"}],
              "annotations": {"kubectl.kubernetes.io/last-applied-configuration": "hunter2", "note": "hunter2"}}}
            """)!.AsObject();
        var shown = Showable.Of(Secret.Definition, secret);
        Assert.Equal(
            """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"db","labels":{"app":"db"}},"type":"Opaque","keys":1}""", shown.ToJsonString());
        Assert.Null(FieldPath.ParseAll("data.password")[0].Read(shown));
        Assert.Contains("hunter2", secret.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "v1", "Secret", "secrets", true)]
    [InlineData("", "v2", "Secret", "secrets", true)]
    [InlineData("", "v1", "ConfigMap", "configmaps", false)]
    [InlineData("example.com", "v1", "Secret", "secrets", false)]
    public void The_core_secret_is_known_by_group_and_kind(string group, string version, string kind, string plural, bool expected) =>
        Assert.Equal(expected, Showable.IsSecret(new ResourceDefinition(group, version, kind, plural)));

    [Theory]
    [InlineData("spec.replicas", "3")]
    [InlineData(".spec.replicas", "3")]
    [InlineData("metadata.labels['app.kubernetes.io/name']", "web")]
    [InlineData("spec.containers[0].image", "web:1")]
    [InlineData("spec.containers[*].image", "web:1,log:2")]
    [InlineData("spec.containers[7].image", null)]
    [InlineData("spec.odd.path", null)]
    [InlineData("metadata.labels", """{ "app.kubernetes.io/name": "web" }""")]
    public void A_field_path_finds_its_value(string path, string? expected)
    {
        var value = JsonNode.Parse("""
            {"metadata": {"labels": {"app.kubernetes.io/name": "web"}}, "spec": {"replicas": 3, "containers": [{"image": "web:1"}, {"image": "log:2"}]}}
            """)!;
        Assert.Equal(expected, FieldPath.ParseAll(path)[0].Read(value)?.Replace("   ", " ", StringComparison.Ordinal).Replace("  ", " ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("spec[")]
    [InlineData("spec[]")]
    [InlineData("spec[a]")]
    [InlineData("spec..replicas")]
    [InlineData("spec,")]
    [InlineData("]")]
    [InlineData("")]
    public void What_is_no_field_path_is_refused(string path) => Assert.Throws<ActionException>(() => FieldPath.ParseAll(path));

    [Fact]
    public void Only_so_many_fields_can_be_shown() =>
        Assert.Throws<ActionException>(() => FieldPath.ParseAll(string.Join(',', Enumerable.Repeat("spec", FieldPath.Maximum + 1))));
}
