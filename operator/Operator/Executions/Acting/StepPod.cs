using System.Text.RegularExpressions;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runtime;

namespace RunbookOperator.Executions;

/// <summary>The Pod of a <c>run</c> step. Pure.</summary>
internal static partial class StepPod
{
    /// <summary>Name of the container.</summary>
    public const string Container = "step";

    /// <summary>Keeps the Pod of a step that changes something until its end was read. So a Pod that is not there was never made, and making
    /// it cannot run anything twice.</summary>
    public const string Finalizer = "runbooks.dev/observed";

    /// <summary>How much longer than its step a Pod may live, so that it ends even while no operator does.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    private const string KubeconfigAnnotation = "runbooks.dev/kubeconfig";
    private const string Folder = "/var/run/runbooks";
    private const long User = 65532;

    /// <summary>The Pod of an attempt.</summary>
    /// <param name="execution">The run, which owns it.</param>
    /// <param name="step">The step.</param>
    /// <param name="prepared">The step with its values.</param>
    /// <param name="attemptId">Its name.</param>
    public static Pod Of(RunbookExecution execution, RunbookStep step, PreparedStep prepared, string attemptId)
    {
        var needsApi = ApiPrograms().IsMatch(prepared.Command);
        return new Pod
        {
            ApiVersion = Pod.Definition.ApiVersion,
            Kind = Pod.Definition.Kind,
            Metadata = new ObjectMeta
            {
                Name = attemptId,
                Namespace = execution.Metadata.Namespace,
                Labels = new Dictionary<string, string>
                {
                    [Names.ExecutionLabel] = execution.Metadata.Name!,
                    [Names.RunbookLabel] = execution.Spec.Runbook.Name,
                    [Names.StepLabel] = step.Name,
                    ["app.kubernetes.io/managed-by"] = Names.FieldManager,
                },
                Annotations = needsApi ? new Dictionary<string, string> { [KubeconfigAnnotation] = Kubeconfig(execution.Metadata.Namespace!) } : null,
                OwnerReferences = [OwnerReferences.ControllerOf(execution)],
                Finalizers = prepared.Risk == Risk.RiskLevel.Safe ? null : [Finalizer],
            },
            Spec = new PodSpec
            {
                RestartPolicy = "Never",
                ServiceAccountName = prepared.ServiceAccount,
                AutomountServiceAccountToken = false,
                EnableServiceLinks = false,
                NodeSelector = new Dictionary<string, string> { ["kubernetes.io/os"] = "linux" },
                ActiveDeadlineSeconds = (long)((step.Timeout?.Value ?? Defaults.StepTimeout) + Grace).TotalSeconds,
                TerminationGracePeriodSeconds = 10,
                SecurityContext = new PodSecurityContext
                {
                    RunAsNonRoot = true,
                    RunAsUser = User,
                    RunAsGroup = User,
                    FsGroup = User,
                    SeccompProfile = new SeccompProfile("RuntimeDefault"),
                },
                Containers = [ContainerOf(prepared, needsApi)],
                Volumes = VolumesOf(needsApi),
            },
        };
    }

    /// <summary>Doubles every <c>$</c>: the kubelet replaces <c>$(NAME)</c> in commands and values before any shell sees them.</summary>
    public static string Escape(string text) => text.Replace("$", "$$", StringComparison.Ordinal);

    private static Container ContainerOf(PreparedStep prepared, bool needsApi) => new()
    {
        Name = Container,
        Image = prepared.Image,
        ImagePullPolicy = "IfNotPresent",
        Command = ["bash", "-euo", "pipefail", "-c", Escape(prepared.Command)],
        Env = [.. EnvironmentOf(prepared, needsApi)],
        WorkingDir = "/tmp",
        Resources = new ResourceRequirements
        {
            Requests = new Dictionary<string, string> { ["cpu"] = "50m", ["memory"] = "64Mi" },
            Limits = new Dictionary<string, string> { ["cpu"] = "1", ["memory"] = "256Mi" },
        },
        SecurityContext = new SecurityContext
        {
            AllowPrivilegeEscalation = false,
            ReadOnlyRootFilesystem = true,
            Capabilities = new Capabilities { Drop = ["ALL"] },
        },
        VolumeMounts =
        [
            new VolumeMount { Name = "tmp", MountPath = "/tmp" },
            .. needsApi ? new[] { new VolumeMount { Name = "api", MountPath = Folder, ReadOnly = true } } : [],
        ],
    };

    // What the runbook sets stands in place of what would be there: that made the step dangerous.
    private static IEnumerable<EnvVar> EnvironmentOf(PreparedStep prepared, bool needsApi)
    {
        var given = prepared.Environment.Keys.Concat(prepared.Secrets.Select(secret => secret.Name)).ToHashSet(StringComparer.Ordinal);
        EnvVar[] defaults = [new() { Name = "HOME", Value = "/tmp" }, .. needsApi ? new[] { new EnvVar { Name = "KUBECONFIG", Value = Folder + "/kubeconfig" } } : []];
        return
        [
            .. defaults.Where(variable => !given.Contains(variable.Name)),
            .. prepared.Environment.OrderBy(variable => variable.Key, StringComparer.Ordinal)
                .Select(variable => new EnvVar { Name = variable.Key, Value = Escape(variable.Value) }),
            .. prepared.Secrets.OrderBy(secret => secret.Name, StringComparer.Ordinal)
                .Select(secret => new EnvVar { Name = secret.Name, ValueFrom = new EnvVarSource { SecretKeyRef = new KeySelector(secret.Secret, secret.Key, Optional: false) } }),
        ];
    }

    private static List<Volume> VolumesOf(bool needsApi) =>
    [
        new Volume { Name = "tmp", EmptyDir = new EmptyDirVolumeSource { SizeLimit = "64Mi" } },
        .. needsApi ? new[] { ApiVolume() } : [],
    ];

    private static Volume ApiVolume() => new()
    {
        Name = "api",
        Projected = new ProjectedVolumeSource
        {
            Sources =
            [
                new VolumeProjection { ServiceAccountToken = new ServiceAccountTokenProjection("token", 3600) },
                new VolumeProjection { ConfigMap = new ObjectProjection("kube-root-ca.crt", [new KeyToPath("ca.crt", "ca.crt")]) },
                new VolumeProjection
                {
                    DownwardAPI = new DownwardApiProjection(
                        [new DownwardApiVolumeFile("kubeconfig", new ObjectFieldSelector($"metadata.annotations['{KubeconfigAnnotation}']"))]),
                },
            ],
        },
    };

    // A file rather than kubectl's own in-cluster settings: those are forgotten as soon as a flag such as --request-timeout is given.
    private static string Kubeconfig(string ns) => $$$"""
        apiVersion: v1
        kind: Config
        clusters: [{name: in, cluster: {server: "https://kubernetes.default.svc", certificate-authority: {{{Folder}}}/ca.crt}}]
        users: [{name: step, user: {tokenFile: {{{Folder}}}/token}}]
        contexts: [{name: in, context: {cluster: in, user: step, namespace: {{{ns}}}}}]
        current-context: in
        """;

    [GeneratedRegex(@"\b(?:kubectl|oc|helm|flux|argocd|istioctl)\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex ApiPrograms();
}
