namespace RunbookOperator.Kubernetes;

/// <summary>v1 Volume. Exactly one source is set.</summary>
public sealed record Volume
{
    /// <summary>A DNS label, unique in the Pod.</summary>
    public required string Name { get; init; }

    /// <summary>An empty folder that lives as long as the Pod.</summary>
    public EmptyDirVolumeSource? EmptyDir { get; init; }

    /// <summary>Files from several places in one folder.</summary>
    public ProjectedVolumeSource? Projected { get; init; }

    /// <summary>The values of a Secret as files.</summary>
    public SecretVolumeSource? Secret { get; init; }

    /// <summary>The values of a ConfigMap as files.</summary>
    public ConfigMapVolumeSource? ConfigMap { get; init; }
}

/// <summary>v1 EmptyDirVolumeSource.</summary>
public sealed record EmptyDirVolumeSource
{
    /// <summary><c>Memory</c>, or null for the node's disk.</summary>
    public string? Medium { get; init; }

    /// <summary>A quantity: how much it may hold.</summary>
    public string? SizeLimit { get; init; }
}

/// <summary>v1 SecretVolumeSource.</summary>
public sealed record SecretVolumeSource
{
    /// <summary>The Secret's name.</summary>
    public required string SecretName { get; init; }

    /// <summary>Which keys, as which files; null for all.</summary>
    public List<KeyToPath>? Items { get; init; }

    /// <summary>The files' mode bits, in decimal as JSON has no octal.</summary>
    public int? DefaultMode { get; init; }

    /// <summary>Whether the Pod starts without it.</summary>
    public bool? Optional { get; init; }
}

/// <summary>v1 ConfigMapVolumeSource.</summary>
public sealed record ConfigMapVolumeSource
{
    /// <summary>The ConfigMap's name.</summary>
    public required string Name { get; init; }

    /// <summary>Which keys, as which files; null for all.</summary>
    public List<KeyToPath>? Items { get; init; }

    /// <summary>The files' mode bits, in decimal as JSON has no octal.</summary>
    public int? DefaultMode { get; init; }

    /// <summary>Whether the Pod starts without it.</summary>
    public bool? Optional { get; init; }
}

/// <summary>v1 KeyToPath.</summary>
/// <param name="Key">The key.</param>
/// <param name="Path">The file, relative to the mount.</param>
/// <param name="Mode">The file's mode bits; null for the volume's.</param>
public sealed record KeyToPath(string Key, string Path, int? Mode = null);

/// <summary>v1 ProjectedVolumeSource.</summary>
public sealed record ProjectedVolumeSource
{
    /// <summary>What is in it.</summary>
    public required List<VolumeProjection> Sources { get; init; }

    /// <summary>The files' mode bits, in decimal as JSON has no octal.</summary>
    public int? DefaultMode { get; init; }
}

/// <summary>v1 VolumeProjection. Exactly one is set.</summary>
public sealed record VolumeProjection
{
    /// <summary>A token of the Pod's service account.</summary>
    public ServiceAccountTokenProjection? ServiceAccountToken { get; init; }

    /// <summary>Values of a ConfigMap.</summary>
    public ObjectProjection? ConfigMap { get; init; }

    /// <summary>Values of a Secret.</summary>
    public ObjectProjection? Secret { get; init; }

    /// <summary>Fields of the Pod.</summary>
    public DownwardApiProjection? DownwardAPI { get; init; }
}

/// <summary>v1 ServiceAccountTokenProjection.</summary>
/// <param name="Path">The file, relative to the mount.</param>
/// <param name="ExpirationSeconds">Valid for how long; at least 600, null for an hour.</param>
/// <param name="Audience">Who it is for; null for the API server.</param>
public sealed record ServiceAccountTokenProjection(string Path, long? ExpirationSeconds = null, string? Audience = null);

/// <summary>v1 ConfigMapProjection and SecretProjection.</summary>
/// <param name="Name">The object's name.</param>
/// <param name="Items">Which keys, as which files; null for all.</param>
/// <param name="Optional">Whether the Pod starts without it.</param>
public sealed record ObjectProjection(string Name, List<KeyToPath>? Items = null, bool? Optional = null);

/// <summary>v1 DownwardAPIProjection.</summary>
/// <param name="Items">Which fields, as which files.</param>
public sealed record DownwardApiProjection(List<DownwardApiVolumeFile> Items);

/// <summary>v1 DownwardAPIVolumeFile.</summary>
/// <param name="Path">The file, relative to the mount.</param>
/// <param name="FieldRef">The field.</param>
public sealed record DownwardApiVolumeFile(string Path, ObjectFieldSelector FieldRef);
