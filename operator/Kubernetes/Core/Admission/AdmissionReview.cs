using System.Text.Json;

namespace RunbookOperator.Kubernetes;

/// <summary>admission.k8s.io/v1 AdmissionReview: what the API server asks a webhook, and the webhook's answer.</summary>
public sealed record AdmissionReview
{
    /// <summary>The only version spoken here.</summary>
    public const string Version = "admission.k8s.io/v1";

    /// <summary>Always <see cref="Version"/>.</summary>
    public string ApiVersion { get; set; } = Version;

    /// <summary>Always <c>AdmissionReview</c>.</summary>
    public string Kind { get; set; } = "AdmissionReview";

    /// <summary>The question; absent in the answer.</summary>
    public AdmissionRequest? Request { get; init; }

    /// <summary>The answer; absent in the question.</summary>
    public AdmissionResponse? Response { get; init; }
}

/// <summary>What somebody is about to do.</summary>
public sealed record AdmissionRequest
{
    /// <summary>Identifies this question; the answer repeats it.</summary>
    public required string Uid { get; init; }

    /// <summary>The kind of the object sent.</summary>
    public GroupVersionKind? Kind { get; init; }

    /// <summary>The resource asked for.</summary>
    public GroupVersionResource? Resource { get; init; }

    /// <summary>Such as <c>status</c>; null for the object itself.</summary>
    public string? SubResource { get; init; }

    /// <summary>The object's name; empty where the server is to make one from generateName.</summary>
    public string? Name { get; init; }

    /// <summary>The namespace; absent for cluster-scoped kinds.</summary>
    public string? Namespace { get; init; }

    /// <summary><c>CREATE</c>, <c>UPDATE</c>, <c>DELETE</c> or <c>CONNECT</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>The authenticated user.</summary>
    public required UserInfo UserInfo { get; init; }

    /// <summary>The object as it is to become; absent on DELETE.</summary>
    public JsonElement? Object { get; init; }

    /// <summary>The object as it is; absent on CREATE.</summary>
    public JsonElement? OldObject { get; init; }

    /// <summary>Nothing will be stored.</summary>
    public bool? DryRun { get; init; }
}

/// <summary>authentication.k8s.io/v1 UserInfo.</summary>
public sealed record UserInfo
{
    /// <summary>The name, unique among active users.</summary>
    public string? Username { get; init; }

    /// <summary>Unique over time, where the authenticator has such a thing.</summary>
    public string? Uid { get; init; }

    /// <summary>The groups.</summary>
    public List<string>? Groups { get; init; }

    /// <summary>What the authenticator said besides.</summary>
    public Dictionary<string, List<string>>? Extra { get; init; }
}

/// <summary>metav1.GroupVersionKind.</summary>
public sealed record GroupVersionKind(string Group, string Version, string Kind);

/// <summary>metav1.GroupVersionResource.</summary>
public sealed record GroupVersionResource(string Group, string Version, string Resource);
