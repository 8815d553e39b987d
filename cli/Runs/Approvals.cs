using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cli.Runs;

/// <summary>Makes the object that carries a decision.</summary>
internal static class Approvals
{
    /// <summary>Random hexadecimal digits at the end of the name: two people may decide on one attempt.</summary>
    public const int RandomDigits = 6;

    /// <summary>The decision on <paramref name="step"/>, or on its undo while the run goes back, exactly as it was shown: its digest and attempt are carried, never computed.</summary>
    public static RunbookApproval Of(RunbookExecution execution, StepStatus step, Decision decision, string? confirm, string? reason, string random)
    {
        var run = execution.Metadata.Name!;
        var isUndo = WaitingStep.GoesBack(execution);
        return new RunbookApproval
        {
            Metadata = new ObjectMeta
            {
                Name = NameOf(run, step, isUndo, random),
                Namespace = execution.Metadata.Namespace,
                // A label is shorter than a name may be; a run that was named by hand may have none.
                Labels = run.Length <= Limits.Label ? new() { [Names.ExecutionLabel] = run } : null,
                OwnerReferences =
                [
                    new OwnerReference
                    {
                        ApiVersion = Names.ApiVersion,
                        Kind = RunbookExecution.Definition.Kind,
                        Name = run,
                        Uid = execution.Metadata.Uid!,
                        Controller = false,
                    },
                ],
            },
            Spec = new RunbookApprovalSpec
            {
                Execution = new ApprovalExecution { Name = run, Uid = execution.Metadata.Uid! },
                Step = step.Name,
                Attempt = step.Attempt,
                Undo = isUndo ? true : null,
                Decision = decision.Kind,
                Digest = step.Digest!,
                Confirm = NullIfEmpty(confirm),
                Reason = NullIfEmpty(reason),
            },
        };
    }

    // Old API servers take an empty text for null, and refuse it.
    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string NameOf(string run, StepStatus step, bool isUndo, string random)
    {
        var rest = $"-{step.Name}-{(isUndo ? "undo-" : "")}{step.Attempt}-{random}";
        return run[..Math.Min(run.Length, Limits.Subdomain - rest.Length)] + rest;
    }
}
