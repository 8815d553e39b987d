using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Admission;

/// <summary>The proof that a decision is by the person it names and has not changed since: an HMAC over the namespace and all of spec, the
/// author included and the seal itself left out.</summary>
internal static class ApprovalSeal
{
    /// <summary>The seal of <paramref name="spec"/>, whatever seal it carries.</summary>
    public static string Compute(HmacKeys keys, string ns, RunbookApprovalSpec spec) => keys.Compute(Content(ns, spec));

    /// <summary>Whether <paramref name="spec"/> names its author and carries the right seal.</summary>
    public static bool IsValid(HmacKeys keys, string ns, RunbookApprovalSpec spec) =>
        spec.User is { } user && keys.Verify(Content(ns, spec), user.Seal);

    private static byte[] Content(string ns, RunbookApprovalSpec spec)
    {
        var all = JsonSerializer.SerializeToNode(spec, ApiJson.Default.RunbookApprovalSpec)!.AsObject();
        (all["user"] as JsonObject)?.Remove("seal");
        return CanonicalJson.Bytes(new JsonObject { ["kind"] = nameof(RunbookApproval), ["namespace"] = ns, ["spec"] = all });
    }
}
