namespace RunbookOperator.Kubernetes;

/// <summary>v1 Container.</summary>
public sealed record Container
{
    /// <summary>A DNS label, unique in the Pod.</summary>
    public required string Name { get; init; }

    /// <summary>The image.</summary>
    public string? Image { get; init; }

    /// <summary><c>Always</c>, <c>IfNotPresent</c> or <c>Never</c>.</summary>
    public string? ImagePullPolicy { get; init; }

    /// <summary>The program, in place of the image's entry point.</summary>
    public List<string>? Command { get; init; }

    /// <summary>Its arguments.</summary>
    public List<string>? Args { get; init; }

    /// <summary>Where it starts.</summary>
    public string? WorkingDir { get; init; }

    /// <summary>Environment variables.</summary>
    public List<EnvVar>? Env { get; init; }

    /// <summary>CPU and memory.</summary>
    public ResourceRequirements? Resources { get; init; }

    /// <summary>What is mounted where.</summary>
    public List<VolumeMount>? VolumeMounts { get; init; }

    /// <summary>What the processes may do.</summary>
    public SecurityContext? SecurityContext { get; init; }

    /// <summary>A file whose content becomes the termination message.</summary>
    public string? TerminationMessagePath { get; init; }

    /// <summary><c>File</c>, or <c>FallbackToLogsOnError</c>.</summary>
    public string? TerminationMessagePolicy { get; init; }
}

/// <summary>v1 EnvVar: a variable with a value, or with a place to take it from.</summary>
public sealed record EnvVar
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The value. <c>$(NAME)</c> is expanded by the kubelet; <c>$$(NAME)</c> is not.</summary>
    public string? Value { get; init; }

    /// <summary>Where the value is.</summary>
    public EnvVarSource? ValueFrom { get; init; }
}

/// <summary>v1 EnvVarSource. Exactly one is set.</summary>
public sealed record EnvVarSource
{
    /// <summary>A key of a Secret.</summary>
    public KeySelector? SecretKeyRef { get; init; }

    /// <summary>A key of a ConfigMap.</summary>
    public KeySelector? ConfigMapKeyRef { get; init; }

    /// <summary>A field of the Pod.</summary>
    public ObjectFieldSelector? FieldRef { get; init; }
}

/// <summary>v1 SecretKeySelector and ConfigMapKeySelector.</summary>
/// <param name="Name">The object's name.</param>
/// <param name="Key">The key in it.</param>
/// <param name="Optional">Whether the Pod starts without it.</param>
public sealed record KeySelector(string Name, string Key, bool? Optional = null);

/// <summary>v1 ObjectFieldSelector.</summary>
/// <param name="FieldPath">Such as <c>metadata.name</c>.</param>
public sealed record ObjectFieldSelector(string FieldPath);

/// <summary>v1 ResourceRequirements: quantities by resource, such as <c>cpu: 500m</c>.</summary>
public sealed record ResourceRequirements
{
    /// <summary>What is set aside.</summary>
    public Dictionary<string, string>? Requests { get; init; }

    /// <summary>What it may use at most.</summary>
    public Dictionary<string, string>? Limits { get; init; }
}

/// <summary>v1 VolumeMount.</summary>
public sealed record VolumeMount
{
    /// <summary>The volume.</summary>
    public required string Name { get; init; }

    /// <summary>Where.</summary>
    public required string MountPath { get; init; }

    /// <summary>Only this path inside the volume.</summary>
    public string? SubPath { get; init; }

    /// <summary>Whether it may be written.</summary>
    public bool? ReadOnly { get; init; }
}
