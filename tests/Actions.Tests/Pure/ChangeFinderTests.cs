using System.Text.Json.Nodes;

namespace RunbookOperator.Actions.Tests;

public sealed class ChangeFinderTests
{
    private static readonly DateTimeOffset Since = new(2026, 3, 1, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_rollout_says_its_revision_its_writer_and_what_differs() => Assert.Equal(
        ["2026-03-01T03:10 Deployment/web revision 2 by kubectl-edit: image web:1 -> web:2; resources of web"],
        Find(
            Deployment("""{"manager": "kubectl-edit", "time": "2026-03-01T03:09:59Z", "fieldsV1": {"f:spec": {}}}"""),
            ReplicaSet(1, "2026-02-01T00:00:00Z", """{"name": "web", "image": "web:1"}"""),
            ReplicaSet(2, "2026-03-01T03:10:00Z", """{"name": "web", "image": "web:2", "resources": {"limits": {"cpu": "1"}}}""")));

    [Fact]
    public void A_template_that_was_gone_back_to_is_told() => Assert.Equal(
        ["2026-03-01T03:20 Deployment/web went back to an earlier template, now revision 3 by kubectl-rollout: image web:2 -> web:1"],
        Find(
            Deployment("""{"manager": "kubectl-rollout", "time": "2026-03-01T03:20:00Z", "fieldsV1": {"f:spec": {}}}"""),
            ReplicaSet(3, "2026-02-01T00:00:00Z", """{"name": "web", "image": "web:1"}"""),
            ReplicaSet(2, "2026-02-02T00:00:00Z", """{"name": "web", "image": "web:2"}""")));

    [Fact]
    public void What_was_before_and_what_controllers_write_is_left_out() => Assert.Empty(Find(
        Deployment(
            """{"manager": "kubectl-edit", "time": "2026-03-01T02:59:59Z", "fieldsV1": {"f:spec": {}}}""",
            """{"manager": "kube-controller-manager", "time": "2026-03-01T03:01:00Z", "fieldsV1": {"f:metadata": {}}}""",
            """{"manager": "old-server", "time": "2026-03-01T03:01:00Z", "fieldsV1": {"f:status": {}}}""",
            """{"manager": "somebody", "subresource": "status", "time": "2026-03-01T03:01:00Z", "fieldsV1": {"f:status": {}}}"""),
        ReplicaSet(1, "2026-02-01T00:00:00Z", """{"name": "web", "image": "web:1"}"""),
        ReplicaSet(2, "2026-02-02T00:00:00Z", """{"name": "web", "image": "web:2"}"""),
        """{"kind": "ConfigMap", "metadata": {"name": "kube-root-ca.crt", "creationTimestamp": "2026-03-01T03:01:00Z"}}""",
        """{"kind": "ConfigMap", "metadata": {"name": "a", "creationTimestamp": "2026-03-01T03:01:00Z", "annotations": {"control-plane.alpha.kubernetes.io/leader": "x"}}}"""));

    [Theory]
    [InlineData("""{"manager": "helm", "time": "2026-03-01T03:05:00Z", "fieldsV1": {"f:data": {}, "f:metadata": {}}}""", "2026-03-01T03:05 ConfigMap/a changed by helm")]
    [InlineData("""{"manager": "helm", "time": "2026-03-01T03:05:00Z", "fieldsV1": {"f:metadata": {}}}""", "2026-03-01T03:05 ConfigMap/a labels or annotations changed by helm")]
    [InlineData("""{"manager": "autoscaler", "subresource": "scale", "time": "2026-03-01T03:05:00Z", "fieldsV1": {}}""", "2026-03-01T03:05 ConfigMap/a scaled to 0 by autoscaler")]
    [InlineData("""{"time": "2026-03-01T03:05:00Z", "fieldsV1": {"f:data": {}}}""", "2026-03-01T03:05 ConfigMap/a changed by somebody")]
    public void A_write_says_who_and_what(string entry, string expected) => Assert.Equal(
        [expected], Find($$"""{"kind": "ConfigMap", "metadata": {"name": "a", "creationTimestamp": "2026-02-01T00:00:00Z", "managedFields": [{{entry}}]} }"""));

    [Fact]
    public void Autoscaling_and_conditions_that_turned_bad_are_told_oldest_first() => Assert.Equal(
        [
            "2026-03-01T03:01 Deployment/web Available became False: MinimumReplicasUnavailable",
            "2026-03-01T03:02 HorizontalPodAutoscaler/web scaled its target to 6 pods",
        ],
        Find(
            """{"kind": "HorizontalPodAutoscaler", "metadata": {"name": "web"}, "status": {"lastScaleTime": "2026-03-01T03:02:00Z", "desiredReplicas": 6}}""",
            """
            {"kind": "Deployment", "metadata": {"name": "web", "uid": "d"}, "status": {"conditions": [
              {"type": "Available", "status": "False", "reason": "MinimumReplicasUnavailable", "lastTransitionTime": "2026-03-01T03:01:00Z"},
              {"type": "Progressing", "status": "True", "reason": "a", "lastTransitionTime": "2026-03-01T03:01:00Z"}]}}
            """));

    [Fact]
    public void Only_the_newest_changes_are_kept()
    {
        var many = Enumerable.Range(0, ChangeFinder.Maximum + 5)
            .Select(number => $$"""{"kind": "ConfigMap", "metadata": {"name": "a{{number}}", "creationTimestamp": "{{Since.AddMinutes(number):s}}Z"} }""");
        var found = Find([.. many]);
        Assert.Equal((ChangeFinder.Maximum, "2026-03-01T03:05 ConfigMap/a5 created"), (found.Count, found[0]));
    }

    [Theory]
    [InlineData("""{"spec": {"containers": [{"name": "a", "image": "a:1"}]}}""", """{"spec": {"containers": [{"name": "a", "image": "a:1"}]}}""", "the same template")]
    [InlineData("""{"spec": {"containers": [{"name": "a"}]}}""", """{"spec": {"containers": [{"name": "b", "image": "b:1"}]}}""", "container b added with b:1; container a removed")]
    [InlineData("""{"metadata": {}}""", """{"metadata": {"annotations": {"kubectl.kubernetes.io/restartedAt": "x", "a": "b"}}}""", "restarted; annotation a")]
    [InlineData("""{"spec": {"containers": [{"name": "a", "env": [{"name": "P", "value": "hunter2"}]}], "volumes": []}}""",
        """{"spec": {"containers": [{"name": "a", "env": [{"name": "P", "value": "hunter3"}]}], "nodeSelector": {"a": "b"}}}""", "env of a; nodeSelector; volumes")]
    public void Two_templates_differ_in_words_and_never_in_values(string before, string after, string expected) =>
        Assert.Equal(expected, TemplateDiff.Describe(JsonNode.Parse(before), JsonNode.Parse(after)));

    [Theory]
    [InlineData("web", "Deployment/web ConfigMap/env ConfigMap/volume HorizontalPodAutoscaler/scaler ReplicaSet/web-1")]
    [InlineData("web-1-abcde", "Deployment/web ConfigMap/env ConfigMap/volume HorizontalPodAutoscaler/scaler ReplicaSet/web-1")]
    [InlineData("nobody", "Deployment/web Deployment/api ConfigMap/env ConfigMap/volume ConfigMap/other HorizontalPodAutoscaler/scaler ReplicaSet/web-1")]
    public void What_belongs_to_a_name_is_found_from_its_workload(string name, string expected)
    {
        JsonObject[] all =
        [
            .. ((string[])
            [
                """
                {"kind": "Deployment", "metadata": {"name": "web", "uid": "w"}, "spec": {"template": {"spec": {
                  "volumes": [{"configMap": {"name": "volume"}}], "containers": [{"envFrom": [{"configMapRef": {"name": "env"}}]}]}}}}
                """,
                """{"kind": "Deployment", "metadata": {"name": "api", "uid": "a"}}""",
                """{"kind": "ConfigMap", "metadata": {"name": "env"}}""",
                """{"kind": "ConfigMap", "metadata": {"name": "volume"}}""",
                """{"kind": "ConfigMap", "metadata": {"name": "other"}}""",
                """{"kind": "HorizontalPodAutoscaler", "metadata": {"name": "scaler"}, "spec": {"scaleTargetRef": {"kind": "Deployment", "name": "web"}}}""",
                """{"kind": "ReplicaSet", "metadata": {"name": "web-1", "ownerReferences": [{"uid": "w"}]}}""",
            ]).Select(text => JsonNode.Parse(text)!.AsObject()),
        ];
        var scope = ChangeScope.Of(all, name);
        Assert.Equal(expected, string.Join(' ', all.Where(scope.Contains).Select(found => $"{found.Text("kind")}/{found.Text("metadata", "name")}")));
        Assert.Equal(name != "nobody", scope.Narrowed);
    }

    private static List<string> Find(params string[] objects) =>
        [.. ChangeFinder.Find([.. objects.Select(text => JsonNode.Parse(text)!.AsObject())], Since).Select(change => $"{change.At.UtcDateTime:yyyy-MM-dd'T'HH:mm} {change.Object} {change.What}")];

    private static string Deployment(params string[] entries) =>
        $$"""{"kind": "Deployment", "metadata": {"name": "web", "uid": "d", "creationTimestamp": "2026-01-01T00:00:00Z", "managedFields": [{{string.Join(',', entries)}}]} }""";

    private static string ReplicaSet(int revision, string created, string container) => $$"""
        {"kind": "ReplicaSet", "metadata": {"name": "web-{{revision}}", "creationTimestamp": "{{created}}", "annotations": {"deployment.kubernetes.io/revision": "{{revision}}"},
          "ownerReferences": [{"controller": true, "uid": "d"}]}, "spec": {"template": {"spec": {"containers": [{{container}}]} } } }
        """;
}
