using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Admission;

/// <summary>The rules across fields, for servers that do not know CEL; and what this version does not act upon.</summary>
internal static class FieldAdmission
{
    // A null where something is required is the schema's to refuse as well.
    private static readonly ApiJson Strict = new(new JsonSerializerOptions(ApiJson.Default.Options) { RespectNullableAnnotations = true });

    /// <summary>A refusal, or null if the fields go together and all that is new is acted upon.</summary>
    /// <param name="request">The request.</param>
    /// <param name="plural">What it is about; null for what is let through.</param>
    public static AdmissionVerdict? Check(AdmissionRequest request, string? plural) => plural switch
    {
        "runbookapprovals" => Check(request, nameof(RunbookApproval), Strict.RunbookApprovalSpec),
        "runbookexecutions" => Check(request, nameof(RunbookExecution), Strict.RunbookExecutionSpec),
        "incidents" => Check(request, nameof(Incident), Strict.IncidentSpec),
        _ => null,
    };

    private static AdmissionVerdict? Check<T>(AdmissionRequest request, string kind, JsonTypeInfo<T> type)
        where T : class
    {
        // What cannot be read is the schema's to refuse, which says better what is wrong.
        var (given, before) = (Specs.New(request), Specs.Old(request));
        if (Read(given, type) is not { } spec || (request.Operation == Stamper.Update && Read(before, type) is null))
        {
            return null;
        }

        return RuleChecker.Check(spec, Read(before, type)).FirstOrDefault() is { } broken ? AdmissionVerdict.Invalid(broken.ToString())
            : New(kind, given!, before) is { Count: > 0 } uses ? AdmissionVerdict.Invalid(NotActedUpon.Tell(uses))
            : null;
    }

    // What was there before a downgrade does not keep anybody from changing the rest.
    private static List<IdleUse> New(string kind, JsonObject spec, JsonObject? old)
    {
        var known = old is null ? [] : Uses(kind, old).Select(use => use.ToString()).ToHashSet(StringComparer.Ordinal);
        return [.. Uses(kind, spec).Where(use => !known.Contains(use.ToString()))];
    }

    private static IReadOnlyList<IdleUse> Uses(string kind, JsonObject spec) => NotActedUpon.In(kind, new JsonObject { ["spec"] = spec.DeepClone() });

    private static T? Read<T>(JsonObject? spec, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return spec?.Deserialize(type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
