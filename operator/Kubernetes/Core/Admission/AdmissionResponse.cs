namespace RunbookOperator.Kubernetes;

/// <summary>A webhook's answer.</summary>
public sealed record AdmissionResponse
{
    /// <summary>The <see cref="AdmissionRequest.Uid"/> answered.</summary>
    public required string Uid { get; init; }

    /// <summary>Whether it may go on.</summary>
    public required bool Allowed { get; init; }

    /// <summary>Why not, for the user.</summary>
    public AdmissionStatus? Status { get; init; }

    /// <summary>An RFC 6902 patch as UTF-8 JSON; base64 on the wire.</summary>
    public byte[]? Patch { get; init; }

    /// <summary><c>JSONPatch</c> where there is a patch.</summary>
    public string? PatchType { get; init; }

    /// <summary>Sentences that kubectl shows. Each at most 120 characters.</summary>
    public List<string>? Warnings { get; init; }

    /// <summary>Keys and values for the API server's audit log.</summary>
    public Dictionary<string, string>? AuditAnnotations { get; init; }
}

/// <summary>The part of metav1.Status that a refusal carries.</summary>
/// <param name="Code">The HTTP status code the user sees; 403 by default.</param>
/// <param name="Message">A sentence for the user.</param>
/// <param name="Reason">The machine-readable reason.</param>
public sealed record AdmissionStatus(int Code, string Message, string? Reason = null);
