using System.Text.Json;
using RunbookOperator.Api;
using RunbookOperator.Runtime;

namespace RunbookOperator.Executions;

/// <summary>What a child run says of the attempt it is. Pure.</summary>
internal static class ChildObservation
{
    /// <summary>How often a child is looked at even if nobody tells that it has moved.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromMinutes(1);

    /// <summary>What became of the attempt.</summary>
    /// <param name="step">The step.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="parent">The run of the step.</param>
    /// <param name="child">The child run; null if it is not there.</param>
    /// <param name="redactor">Removes secrets.</param>
    public static StepEvidence Of(RunbookStep step, int attempt, RunbookExecution parent, RunbookExecution? child, Redactor redactor)
    {
        if (child is null)
        {
            return new StepEvidence.NotStarted { Step = step.Name, Attempt = attempt };
        }

        if (OwnerReferences.FindController(child.Metadata)?.Uid != parent.Metadata.Uid)
        {
            return new StepEvidence.Unknown { Step = step.Name, Attempt = attempt, Message = $"a run named {child.Metadata.Name} is there that this one did not make" };
        }

        var phase = child.Status?.Phase;
        if (ExecutionPhase.IsFinal(phase))
        {
            return Ended(step, attempt, child, redactor);
        }

        return child.Metadata.DeletionTimestamp is not null
            ? new StepEvidence.Unknown { Step = step.Name, Attempt = attempt, Message = $"its run {child.Metadata.Name} was deleted" }
            : new StepEvidence.Ongoing
            {
                Step = step.Name,
                Attempt = attempt,
                Message = $"the run {child.Metadata.Name} is {phase ?? ExecutionPhase.Pending}",
                After = Poll,
                Stopping = child.Spec.DesiredState == DesiredState.Aborted,
            };
    }

    private static StepEvidence.Ended Ended(RunbookStep step, int attempt, RunbookExecution child, Redactor redactor)
    {
        var success = child.Status!.Phase == ExecutionPhase.Succeeded;
        var words = child.Status.Conditions?.Find(condition => condition.Type == ConditionTypes.Succeeded)?.Message;
        return new StepEvidence.Ended
        {
            Step = step.Name,
            Attempt = attempt,
            Success = success,
            Message = success ? $"the run {child.Metadata.Name} succeeded" : $"the run {child.Metadata.Name} ended as {child.Status.Phase}: {words}",
            Output = OutputReader.Read(
                JsonSerializer.Serialize(child.Status.Variables ?? [], ApiJson.Default.DictionaryStringString), false, success ? step.Outputs : null, redactor),
        };
    }
}
