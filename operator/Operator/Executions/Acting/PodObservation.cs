using RunbookOperator.Kubernetes;

namespace RunbookOperator.Executions;

/// <summary>What a Pod says of the attempt it runs. Pure.</summary>
internal abstract record PodObservation
{
    // With this reason the kubelet makes up an exit code for a container that it could not find any more.
    private const string NoTrace = "ContainerStatusUnknown";

    private PodObservation()
    {
    }

    /// <summary>It has not ended.</summary>
    public sealed record Ongoing(string Message) : PodObservation;

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

        return new Ongoing(container?.Waiting?.Reason is { } waiting and not "ContainerCreating"
            ? $"the pod waits: {waiting}"
            : container?.Running is not null ? "the command runs" : "the pod is being started");
    }
}
