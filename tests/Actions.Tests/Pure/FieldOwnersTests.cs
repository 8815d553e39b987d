using System.Net;
using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions.Tests;

public sealed class FieldOwnersTests
{
    private const string Ours = """
        {"manager": "runbook-operator", "operation": "Update", "fieldsV1": {
          "f:metadata": {"f:labels": {}, "f:annotations": {".": {}, "f:runbooks.dev/attempt": {}}},
          "f:spec": {"f:template": {"f:spec": {"f:containers": {"k:{\"name\":\"web\"}": {".": {}, "f:image": {}, "f:ports": {"k:{\"protocol\":\"TCP\",\"containerPort\":80}": {"f:name": {}}}}}}}}}}
        """;

    private const string Applied = """{"manager": "runbook-operator", "operation": "Apply", "fieldsV1": {"f:data": {"f:maximum": {}}}}""";
    private const string Theirs = """{"manager": "kubectl", "operation": "Update", "fieldsV1": {"f:spec": {"f:replicas": {}}, "f:metadata": {"f:finalizers": {"v:\"a\"": {}}}}}""";

    [Theory]
    [InlineData(".metadata.annotations.runbooks.dev/attempt", true)]
    [InlineData(".spec.template.spec.containers[name=\"web\"].image", true)]
    [InlineData(".spec.template.spec.containers[containerPort=80,protocol=\"TCP\"].name", false)]
    [InlineData(".spec.template.spec.containers[name=\"web\"].ports[containerPort=80,protocol=\"TCP\"].name", true)]
    [InlineData(".spec.replicas", false)]
    [InlineData(".metadata.finalizers[=\"a\"]", false)]
    [InlineData(".data.maximum", false)]
    [InlineData(".metadata.labels.tier", true)]
    [InlineData(".metadata.labelsish", false)]
    [InlineData("", false)]
    public void A_conflict_is_only_ours_where_a_patch_of_ours_alone_has_set_the_field(string field, bool expected)
    {
        var found = JsonNode.Parse($$"""{"metadata": {"managedFields": [{{Ours}}, {{Applied}}, {{Theirs}}]} }""")!.AsObject();
        Assert.Equal(expected, FieldOwners.IsOnlyOurs(Refusal(field), found));
        Assert.False(FieldOwners.IsOnlyOurs(Refusal(field, ".spec.replicas"), found));
    }

    [Fact]
    public void A_conflict_of_the_version_is_none_of_field_managers()
    {
        Assert.False(FieldOwners.IsConflict(new ApiException(HttpStatusCode.Conflict, "Conflict", "changed")));
        Assert.True(FieldOwners.IsConflict(Refusal(".spec")));
        Assert.False(FieldOwners.IsOnlyOurs(new ApiException(HttpStatusCode.Conflict, "Conflict", "changed"), []));
    }

    private static ApiException Refusal(params string[] fields) => new(
        HttpStatusCode.Conflict, "Conflict", "conflicts", null, [.. fields.Select(field => new ApiErrorCause(FieldOwners.Conflict, "somebody", field))]);
}
