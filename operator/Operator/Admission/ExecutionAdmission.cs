using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Admission;

/// <summary>RunbookExecution: it says truly who started it. What may change later is a rule across its fields.</summary>
internal static class ExecutionAdmission
{
    /// <summary>Writes who starts the run.</summary>
    public static AdmissionVerdict Mutate(AdmissionRequest request, AdmissionContext context)
    {
        if (Check(request, context) is { } refused)
        {
            return refused;
        }

        return IsByPerson(request, context) && Trigger(request) is not null
            ? AdmissionVerdict.AllowWith([AdmissionVerdict.Set("/spec/trigger/user", request.UserInfo.Username)])
            : AdmissionVerdict.Allow;
    }

    /// <summary>Refuses another name than that of who starts it.</summary>
    public static AdmissionVerdict Validate(AdmissionRequest request, AdmissionContext context)
    {
        if (Check(request, context) is { } refused)
        {
            return refused;
        }

        return IsByPerson(request, context) && !Specs.AreEqual(Trigger(request)?["user"], request.UserInfo.Username)
            ? AdmissionVerdict.Forbid("leave spec.trigger.user out: it is written from your login")
            : AdmissionVerdict.Allow;
    }

    private static AdmissionVerdict? Check(AdmissionRequest request, AdmissionContext context)
    {
        // A value of another form than text is the schema's to refuse.
        return IsByPerson(request, context) && Trigger(request)?["type"] is JsonValue type && !Specs.AreEqual(type, nameof(TriggerType.Manual))
            ? AdmissionVerdict.Forbid("spec.trigger.type must be Manual: the operator alone starts runs for another reason")
            : null;
    }

    private static bool IsByPerson(AdmissionRequest request, AdmissionContext context) =>
        request.Operation == Stamper.Create && request.UserInfo.Username != context.OperatorUsername;

    private static JsonObject? Trigger(AdmissionRequest request) => Specs.New(request)?["trigger"] as JsonObject;
}
