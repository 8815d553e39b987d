using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Admission;

/// <summary>RunbookApproval: written by the person that the API server knows, and sealed. That it never changes is a rule across its fields.</summary>
internal static class ApprovalAdmission
{
    private const string Forged = "leave spec.user out: it is written from your login";
    private const string BySomebodyElse =
        "spec.user names somebody else; leave it out to decide yourself. A backup is restored by those who may impersonate all users and groups";

    private const string Unsealed = "spec.user is not the operator's stamp of your login; create the decision without spec.user";

    /// <summary>Writes and seals the author.</summary>
    public static AdmissionVerdict Mutate(AdmissionRequest request, AdmissionContext context)
    {
        if (request.Operation != Stamper.Create)
        {
            return AdmissionVerdict.Allow;
        }

        if (Specs.New(request) is not { } given)
        {
            return AdmissionVerdict.Allow;
        }

        if (!TryRead(given, out var spec))
        {
            // The schema says better what is wrong with it, and is asked next.
            return given["user"] is null ? AdmissionVerdict.Allow : AdmissionVerdict.Forbid(Forged);
        }

        return spec.User is null ? Stamp(request, spec, context) : CheckStamp(request, spec, context, Forged);
    }

    /// <summary>Refuses what is not sealed.</summary>
    public static AdmissionVerdict Validate(AdmissionRequest request, AdmissionContext context)
    {
        if (request.Operation != Stamper.Create)
        {
            return AdmissionVerdict.Allow;
        }

        return Specs.New(request) is { } given && TryRead(given, out var spec)
            ? CheckStamp(request, spec, context, Unsealed)
            : AdmissionVerdict.Forbid(Unsealed);
    }

    /// <summary>Whether the decision carries a right seal of another user than the requester.</summary>
    public static bool IsBySomebodyElse(AdmissionRequest request, AdmissionContext context) =>
        request.Operation == Stamper.Create && Specs.New(request) is { } given && TryRead(given, out var spec)
        && ApprovalSeal.IsValid(context.Keys, request.Namespace ?? "", spec) && !ApprovalAuthor.Is(request.UserInfo, spec.User!);

    // The seal alone is not enough. Whoever reaches the webhook itself can have a stamp sealed in any name, since the request says who the user
    // is; and the API server has no credential of its own to show. So a stamp in another name is taken only from those who could have made
    // the decision in that name anyway.
    private static AdmissionVerdict CheckStamp(AdmissionRequest request, RunbookApprovalSpec spec, AdmissionContext context, string unsealed)
    {
        if (!ApprovalSeal.IsValid(context.Keys, request.Namespace ?? "", spec))
        {
            return AdmissionVerdict.Forbid(unsealed);
        }

        return ApprovalAuthor.Is(request.UserInfo, spec.User!) || context.MayImpersonate
            ? AdmissionVerdict.Allow
            : AdmissionVerdict.Forbid(BySomebodyElse);
    }

    private static AdmissionVerdict Stamp(AdmissionRequest request, RunbookApprovalSpec spec, AdmissionContext context)
    {
        if (!ApprovalAuthor.TryOf(request.UserInfo, context.Now, out var author, out var problem))
        {
            return AdmissionVerdict.Forbid(problem);
        }

        var user = author with { Seal = ApprovalSeal.Compute(context.Keys, request.Namespace ?? "", spec with { User = author }) };
        return AdmissionVerdict.AllowWith([AdmissionVerdict.Set("/spec/user", JsonSerializer.SerializeToNode(user, KubernetesJson.Options))]);
    }

    private static bool TryRead(JsonObject given, out RunbookApprovalSpec spec)
    {
        try
        {
            spec = given.Deserialize<RunbookApprovalSpec>(KubernetesJson.Options)!;
            return true;
        }
        catch (JsonException)
        {
            spec = null!;
            return false;
        }
    }
}
