using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Admission;

/// <summary>RunbookExecution: it says truly who started it, and who wanted it otherwise since. What may change later is a rule across its fields.</summary>
internal static class ExecutionAdmission
{
    private static readonly string[] ByPeople = [nameof(TriggerType.Manual), nameof(TriggerType.Drill)];

    /// <summary>Writes who starts the run, or who wants it otherwise.</summary>
    public static AdmissionVerdict Mutate(AdmissionRequest request, AdmissionContext context)
    {
        if (Check(request, context) is { } refused)
        {
            return refused;
        }

        var patch = new JsonArray();
        if (IsMadeByPerson(request, context) && Trigger(request) is not null)
        {
            patch.Add(AdmissionVerdict.Set("/spec/trigger/user", request.UserInfo.Username));
        }

        if (IsByPerson(request, context) && Wants(request) && Annotation(request.Object, Names.DesiredByAnnotation) != request.UserInfo.Username)
        {
            if (Metadata(request.Object, "annotations") is null)
            {
                patch.Add(AdmissionVerdict.Set("/metadata/annotations", new JsonObject()));
            }

            patch.Add(AdmissionVerdict.Set(
                "/metadata/annotations/" + Names.DesiredByAnnotation.Replace("/", "~1", StringComparison.Ordinal), request.UserInfo.Username));
        }

        return AdmissionVerdict.AllowWith(patch);
    }

    /// <summary>Refuses another name than that of who did it.</summary>
    public static AdmissionVerdict Validate(AdmissionRequest request, AdmissionContext context)
    {
        if (Check(request, context) is { } refused)
        {
            return refused;
        }

        if (IsMadeByPerson(request, context) && !Specs.AreEqual(Trigger(request)?["user"], request.UserInfo.Username))
        {
            return AdmissionVerdict.Forbid("leave spec.trigger.user out: it is written from your login");
        }

        var (said, before) = (Annotation(request.Object, Names.DesiredByAnnotation), Annotation(request.OldObject, Names.DesiredByAnnotation));
        return IsByPerson(request, context) && said != (Wants(request) ? request.UserInfo.Username : before)
            ? AdmissionVerdict.Forbid($"leave the annotation {Names.DesiredByAnnotation} out: it is written from your login")
            : AdmissionVerdict.Allow;
    }

    private static AdmissionVerdict? Check(AdmissionRequest request, AdmissionContext context)
    {
        // A value of another form than text is the schema's to refuse.
        return IsMadeByPerson(request, context) && Trigger(request)?["type"] is JsonValue type && !ByPeople.Any(allowed => Specs.AreEqual(type, allowed))
            ? AdmissionVerdict.Forbid("spec.trigger.type must be Manual or Drill: the operator alone starts runs for another reason")
            : null;
    }

    // Whoever asks that a run be paused, ended or undone is told of in the audit trail, and counts as the one who started its rollback.
    private static bool Wants(AdmissionRequest request) =>
        !Specs.AreEqual(Desired(Specs.New(request)), Desired(Specs.Old(request)))
        || Annotation(request.Object, Names.RollbackAnnotation) != Annotation(request.OldObject, Names.RollbackAnnotation);

    private static JsonNode? Desired(JsonObject? spec) => Specs.AreEqual(spec?["desiredState"], nameof(DesiredState.Running)) ? null : spec?["desiredState"];

    private static bool IsMadeByPerson(AdmissionRequest request, AdmissionContext context) =>
        request.Operation == Stamper.Create && IsByPerson(request, context);

    private static bool IsByPerson(AdmissionRequest request, AdmissionContext context) => request.UserInfo.Username != context.OperatorUsername;

    private static JsonObject? Trigger(AdmissionRequest request) => Specs.New(request)?["trigger"] as JsonObject;

    private static string? Annotation(JsonElement? value, string name) =>
        Metadata(value, "annotations") is { ValueKind: JsonValueKind.Object } annotations && annotations.TryGetProperty(name, out var text)
        && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;

    private static JsonElement? Metadata(JsonElement? value, string field) =>
        value is { ValueKind: JsonValueKind.Object } whole && whole.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
        && metadata.TryGetProperty(field, out var found) && found.ValueKind != JsonValueKind.Null
            ? found
            : null;
}
