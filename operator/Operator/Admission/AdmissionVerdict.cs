using System.Net;
using System.Text.Json.Nodes;

namespace RunbookOperator.Admission;

/// <summary>What is answered: go on, perhaps with changes, or no, and why.</summary>
internal sealed record AdmissionVerdict
{
    private AdmissionVerdict()
    {
    }

    /// <summary>Go on with the object as it is.</summary>
    public static AdmissionVerdict Allow { get; } = new();

    /// <summary>Why not, in a sentence that says what to do; null if it may go on.</summary>
    public string? Refusal { get; private init; }

    /// <summary>The HTTP code that the user sees with a refusal.</summary>
    public HttpStatusCode Code { get; private init; } = HttpStatusCode.OK;

    /// <summary>What to change first: an RFC 6902 patch; null for nothing.</summary>
    public JsonArray? Patch { get; private init; }

    /// <summary>Whether it may go on.</summary>
    public bool Allowed => Refusal is null;

    /// <summary>Go on with these changes.</summary>
    public static AdmissionVerdict AllowWith(JsonArray patch) => patch.Count == 0 ? Allow : new AdmissionVerdict { Patch = patch };

    /// <summary>Not by this user.</summary>
    public static AdmissionVerdict Forbid(string message) => new() { Refusal = message, Code = HttpStatusCode.Forbidden };

    /// <summary>Not by anybody.</summary>
    public static AdmissionVerdict Invalid(string message) => new() { Refusal = message, Code = HttpStatusCode.UnprocessableEntity };

    /// <summary>An operation that sets <paramref name="path"/>, whether or not there is a value already.</summary>
    public static JsonObject Set(string path, JsonNode? value) => new() { ["op"] = "add", ["path"] = path, ["value"] = value };
}
