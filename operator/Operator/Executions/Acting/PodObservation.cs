using RunbookOperator.Kubernetes;

namespace RunbookOperator.Executions;

/// <summary>What a Pod says of the attempt it runs. Pure.</summary>
internal abstract record PodObservation
{
    /// <summary>How long a Pod may say that it can never begin before it is believed: what it names may come a moment after it.</summary>
    public static readonly TimeSpan BrokenPatience = TimeSpan.FromSeconds(15);

    /// <summary>How long an image is pulled for before the command counts as not run.</summary>
    public static readonly TimeSpan PullPatience = TimeSpan.FromMinutes(2);

    // With this reason the kubelet makes up an exit code for a container that it could not find any more.
    private const string NoTrace = "ContainerStatusUnknown";

    private PodObservation()
    {
    }

    /// <summary>It has not ended.</summary>
    /// <param name="Message">What is awaited.</param>
    public sealed record Ongoing(string Message) : PodObservation
    {
        /// <summary>Whether the command runs.</summary>
        public bool Runs { get; init; }

        /// <summary>How long it may stay so; null for as long as its step may take.</summary>
        public TimeSpan? Patience { get; init; }
    }

    /// <summary>Its container ended by itself or was ended.</summary>
    public sealed record Ended(int ExitCode, string? Message, DateTimeOffset? At) : PodObservation;

    /// <summary>It is over and its container never began.</summary>
    public sealed record NeverBegan(string Message) : PodObservation;

    /// <summary>It is over and nobody can say whether its container ran to the end.</summary>
    public sealed record Lost(string Message) : PodObservation;

    /// <summary>Reads <paramref name="pod"/>.</summary>
    public static PodObservation Of(Pod pod)
    {
        var container = pod.Status?.ContainerStatuses?.FirstOrDefault(status => status.Name == StepPod.Container)?.State;
        if (container?.Terminated is { Reason: NoTrace })
        {
            return new Lost("the pod ended and the node lost track of its container");
        }

        if (container?.Terminated is { } terminated)
        {
            var why = pod.Status?.Reason is { } reason ? $"the pod ended: {reason}" : terminated.Reason is null or "Completed" or "Error" ? null : terminated.Reason;
            return new Ended(terminated.ExitCode, why, terminated.FinishedAt);
        }

        var over = pod.Status?.Phase is "Succeeded" or "Failed";
        if (over)
        {
            var message = $"the pod ended: {pod.Status!.Reason ?? pod.Status.Phase}";
            return container?.Running is null && pod.Status.StartTime is null ? new NeverBegan(message) : new Lost(message);
        }

        return container?.Running is not null ? new Ongoing("the command runs") { Runs = true } : Begins(pod, container?.Waiting);
    }

    // The reasons are the kubelet's: pkg/kubelet/images/types.go, pkg/kubelet/kuberuntime and pkg/kubelet/container/sync_result.go.
    private static Ongoing Begins(Pod pod, ContainerStateWaiting? waiting) => waiting?.Reason switch
    {
        null or "ContainerCreating" or "PodInitializing" => Unscheduled(pod) ?? new Ongoing("the pod is being started"),
        "ErrImagePull" or "ImagePullBackOff" or "ImageInspectError" or "RegistryUnavailable" =>
            new Ongoing($"its image cannot be pulled ({Words(waiting.Reason, waiting.Message)})") { Patience = PullPatience },
        "InvalidImageName" or "ErrImageNeverPull" or "CreateContainerConfigError" or "CreateContainerError" or "RunContainerError" =>
            new Ongoing($"its container cannot be made ({Words(waiting.Reason, waiting.Message)})") { Patience = BrokenPatience },
        { } other => new Ongoing($"the pod waits: {other}"),
    };

    private static Ongoing? Unscheduled(Pod pod) =>
        pod.Status?.Conditions?.Find(condition => condition is { Type: "PodScheduled", Status: "False" }) is { } condition
            ? new Ongoing($"no node takes the pod ({Words(condition.Reason ?? "Unschedulable", condition.Message)})")
            : null;

    private static string Words(string reason, string? message) => string.IsNullOrWhiteSpace(message) ? reason : $"{reason}: {Api.Variables.Clean(message, Api.Limits.Line)}";
}
