using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Cli.Verbs;

namespace RunbookOperator.Cli.Tests.Verbs;

public sealed class NoteTests
{
    [Fact]
    public void A_note_is_put_behind_the_others_which_stay_as_they_are()
    {
        var incident = JsonNode.Parse("""{"metadata":{"resourceVersion":"7"},"spec":{"notes":[{"text":"a","field":"of next year"}]}}""")!.AsObject();
        var patch = NoteVerb.PatchOf(incident, NoteVerb.NewNote("b", "kubectl get pods"));
        Assert.Equal(
            """{"metadata":{"resourceVersion":"7"},"spec":{"notes":[{"text":"a","field":"of next year"},{"text":"b","command":"kubectl get pods"}]}}""",
            patch.ToJsonString());
    }

    [Fact]
    public void An_incident_without_notes_gets_its_first()
    {
        var incident = JsonNode.Parse("""{"metadata":{"resourceVersion":"7"},"spec":{}}""")!.AsObject();
        Assert.Equal("""[{"text":"b"}]""", NoteVerb.PatchOf(incident, NoteVerb.NewNote("b", null))["spec"]!["notes"]!.ToJsonString());
    }

    [Fact]
    public void There_are_only_so_many_notes()
    {
        var notes = new JsonArray([.. Enumerable.Range(0, Limits.Notes).Select(_ => new JsonObject { ["text"] = "a" })]);
        var incident = new JsonObject { ["spec"] = new JsonObject { ["notes"] = notes } };
        Assert.Throws<CliException>(() => NoteVerb.PatchOf(incident, NoteVerb.NewNote("b", null)));
    }

    [Fact]
    public void A_note_and_its_command_have_a_limit()
    {
        NoteVerb.NewNote(new string('a', Limits.Note), new string('a', Limits.Note));
        Assert.Throws<CliException>(() => NoteVerb.NewNote(new string('a', Limits.Note + 1), null));
        Assert.Throws<CliException>(() => NoteVerb.NewNote("a", new string('a', Limits.Note + 1)));
    }
}
