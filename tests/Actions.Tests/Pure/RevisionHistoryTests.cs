using System.Text.Json.Nodes;

namespace RunbookOperator.Actions.Tests;

public sealed class RevisionHistoryTests
{
    private static readonly JsonObject Deployment = Parse("""
        {"metadata": {"name": "web", "namespace": "shop", "uid": "d1", "generation": 4, "annotations": {"deployment.kubernetes.io/revision": "4"}},
         "status": {"observedGeneration": 4}}
        """);

    private static readonly JsonObject[] ReplicaSets = [Kept("web-2", "2"), Kept("web-4", "4"), Kept("web-3", "3"), Kept("other", "9", owner: "d2")];

    [Theory]
    [InlineData(null, "web-3")]
    [InlineData(2L, "web-2")]
    public void The_revision_before_the_present_one_is_chosen_unless_another_is_asked_for(long? revision, string expected) =>
        Assert.Equal(expected, RevisionHistory.Of(Deployment, ReplicaSets).Choose(revision).Name);

    [Theory]
    [InlineData(4L, "Deployment shop/web is at revision 4 already")]
    [InlineData(1L, "Deployment shop/web has no revision 1; it has 3, 2")]
    public void A_revision_that_is_not_there_is_refused(long revision, string message) =>
        Assert.Equal(message, Assert.Throws<ActionException>(() => RevisionHistory.Of(Deployment, ReplicaSets).Choose(revision)).Message);

    [Fact]
    public void Without_an_earlier_revision_there_is_nothing_to_undo() => Assert.Equal(
        "Deployment shop/web has no earlier revision",
        Assert.Throws<ActionException>(() => RevisionHistory.Of(Deployment, ReplicaSets[1..2]).Choose(null)).Message);

    [Theory]
    [InlineData("""{"spec": {"paused": true}}""", "Deployment shop/web is paused: resume it first")]
    [InlineData("""{"status": {"observedGeneration": 3}}""", "the last change of Deployment shop/web has no revision yet; try again in a moment")]
    public void A_history_that_cannot_be_relied_on_is_refused(string change, string message)
    {
        var deployment = (JsonObject)Deployment.DeepClone();
        foreach (var (name, value) in Parse(change))
        {
            deployment[name] = value?.DeepClone();
        }

        Assert.Equal(message, Assert.Throws<ActionException>(() => RevisionHistory.Of(deployment, ReplicaSets)).Message);
    }

    private static JsonObject Kept(string name, string revision, string owner = "d1") => Parse($$"""
        {"metadata": {"name": "{{name}}", "uid": "{{name}}", "annotations": {"deployment.kubernetes.io/revision": "{{revision}}"},
         "ownerReferences": [{"kind": "Deployment", "uid": "{{owner}}", "controller": true} ] } }
        """);

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
