using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Admission;

/// <summary>Decides about writes of people and of the operator itself. Pure: the same request at the same moment has the same answer.</summary>
/// <remarks>The mutating half writes who did it; the schema is checked after that; the validating half looks again, after all others that
/// may have changed the object.</remarks>
internal static class Stamper
{
    /// <summary>The operation that makes an object.</summary>
    public const string Create = "CREATE";

    /// <summary>The operation that changes an object.</summary>
    public const string Update = "UPDATE";

    /// <summary>Refuses, or says what to write into the object.</summary>
    public static AdmissionVerdict Mutate(AdmissionRequest request, AdmissionContext context) => Plural(request) switch
    {
        "runbookapprovals" => ApprovalAdmission.Mutate(request, context),
        "runbookexecutions" => ExecutionAdmission.Mutate(request, context),
        "incidents" => IncidentAdmission.Mutate(request, context),
        _ => AdmissionVerdict.Allow,
    };

    /// <summary>Refuses what does not carry what <see cref="Mutate"/> writes, and fields that do not go together: the schema has been checked by
    /// now.</summary>
    public static AdmissionVerdict Validate(AdmissionRequest request, AdmissionContext context) => FieldAdmission.Check(request, Plural(request)) ?? Plural(request) switch
    {
        "runbookapprovals" => ApprovalAdmission.Validate(request, context),
        "runbookexecutions" => ExecutionAdmission.Validate(request, context),
        "incidents" => IncidentAdmission.Validate(request, context),
        _ => AdmissionVerdict.Allow,
    };

    /// <summary>Whether the verdict depends on <see cref="AdmissionContext.MayImpersonate"/>.</summary>
    public static bool DependsOnImpersonation(AdmissionRequest request, AdmissionContext context) =>
        Plural(request) == "runbookapprovals" && ApprovalAdmission.IsBySomebodyElse(request, context);

    // A subresource has nothing of spec in it.
    private static string? Plural(AdmissionRequest request) =>
        request is { Operation: Create or Update, Resource: { Group: Names.Group } resource, SubResource: null or "" } ? resource.Resource : null;
}
