using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Admission;

/// <summary>Incident: the operator writes the alerts; people add words, which stay as they are and say truly whose they are.</summary>
internal static class IncidentAdmission
{
    private const string Notes = "notes";

    private static readonly string[] OfPeople = ["acknowledged", "assignee", Notes, "severity", "title"];

    /// <summary>Writes user and time on new notes.</summary>
    public static AdmissionVerdict Mutate(AdmissionRequest request, AdmissionContext context)
    {
        if (Check(request, context) is { } verdict)
        {
            return verdict;
        }

        var (old, notes) = (NotesOf(Specs.Old(request)), NotesOf(Specs.New(request)));
        var patch = new JsonArray();
        for (var i = old.Count; i < notes.Count; i++)
        {
            // What is no object is the schema's to refuse.
            if (notes[i] is JsonObject)
            {
                patch.Add((JsonNode)AdmissionVerdict.Set($"/spec/{Notes}/{i}/user", request.UserInfo.Username));
                patch.Add((JsonNode)AdmissionVerdict.Set($"/spec/{Notes}/{i}/at", Time(context.Now)));
            }
        }

        return AdmissionVerdict.AllowWith(patch);
    }

    /// <summary>Refuses new notes in another name.</summary>
    public static AdmissionVerdict Validate(AdmissionRequest request, AdmissionContext context)
    {
        if (Check(request, context) is { } verdict)
        {
            return verdict;
        }

        var added = NotesOf(Specs.New(request)).Skip(NotesOf(Specs.Old(request)).Count);
        return added.All(note => Specs.AreEqual(note?["user"], request.UserInfo.Username) && note?["at"] is not null)
            ? AdmissionVerdict.Allow
            : AdmissionVerdict.Forbid("leave user and at of a note out: they are written from your login");
    }

    // Null where the notes have yet to be looked at.
    private static AdmissionVerdict? Check(AdmissionRequest request, AdmissionContext context)
    {
        if (request.UserInfo.Username == context.OperatorUsername)
        {
            return AdmissionVerdict.Allow;
        }

        if (request.Operation == Stamper.Create)
        {
            return AdmissionVerdict.Forbid("the operator alone makes incidents, from alerts; add notes to one that is there");
        }

        var (old, now) = (Specs.Old(request), Specs.New(request));
        if (Specs.Changes(old, now).FirstOrDefault(field => !OfPeople.Contains(field)) is { } changed)
        {
            return AdmissionVerdict.Forbid($"spec.{changed} is the operator's to write; yours are {string.Join(", ", OfPeople)}");
        }

        var (before, after) = (NotesOf(old), NotesOf(now));
        return before.Zip(after).Count(pair => Specs.AreEqual(pair.First, pair.Second)) == before.Count
            ? null
            : AdmissionVerdict.Invalid("notes are only added, at the end; those that are there stay as they are");
    }

    private static JsonArray NotesOf(JsonObject? spec) => spec?[Notes] as JsonArray ?? [];

    private static string Time(DateTimeOffset now) => now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
}
