using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cli.Tests;

/// <summary>Runs and steps that tests begin with.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 0, 0, TimeSpan.Zero);

    public static RunbookExecution Run(params StepStatus[] steps) => new()
    {
        Metadata = new ObjectMeta { Name = "latency-1a2b3c4d", Namespace = "payments", Uid = "uid-1", ResourceVersion = "7" },
        Spec = new RunbookExecutionSpec
        {
            Runbook = new ExecutionRunbook { Name = "latency" },
            Trigger = new ExecutionTrigger { Type = TriggerType.Manual, User = "riley" },
            Mode = RunbookMode.Copilot,
        },
        Status = new RunbookExecutionStatus
        {
            Phase = ExecutionPhase.Running, StartedAt = Start, Step = "2/4:bounce", Steps = [.. steps],
        },
    };

    public static RunbookExecution Ended(string phase, string status, string reason, string message = "It is over.") => Run() with
    {
        Status = new RunbookExecutionStatus
        {
            Phase = phase,
            StartedAt = Start,
            FinishedAt = Start.AddMinutes(2),
            Conditions =
            [
                Condition(ConditionTypes.Succeeded, status, reason, message),
                Condition(ConditionTypes.Completed, ConditionStatus.True, reason, message),
            ],
        },
    };

    public static StepStatus Succeeded(string name = "timeouts") => new()
    {
        Name = name,
        State = StepState.Succeeded,
        Risk = "safe",
        Attempt = 1,
        Command = "kubectl logs -n \"$namespace\"",
        ServiceAccount = "runbook-reader",
        StartedAt = Start.AddSeconds(1),
        FinishedAt = Start.AddSeconds(4),
        Output = "57\n",
        ExitCode = 0,
    };

    public static StepStatus Waiting(string name = "bounce", string risk = "caution") => new()
    {
        Name = name,
        State = StepState.Waiting,
        Risk = risk,
        Reasons = ["restarts every Pod of Deployment payments/payment"],
        Attempt = 1,
        Command = "kubernetes/rollout-restart kind=Deployment name=payment",
        ServiceAccount = "payment-fixer",
        Digest = new string('d', 64),
        WaitingSince = Start.AddSeconds(5),
        Undo = "nothing: a restart leaves the same version",
        Message = "waits for one approval",
    };

    private static Condition Condition(string type, string status, string reason, string message) =>
        new() { Type = type, Status = status, Reason = reason, Message = message, LastTransitionTime = Start };
}
