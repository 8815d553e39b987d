using RunbookOperator.Api;
using RunbookOperator.Policies;
using RunbookOperator.Risk;

namespace RunbookOperator.Executions;

/// <summary>Everything that must be known to judge a decision of a person.</summary>
internal sealed record ApprovalFacts
{
    /// <summary>The run.</summary>
    public required RunbookExecution Execution { get; init; }

    /// <summary>The step as it would act now.</summary>
    public required PreparedStep Prepared { get; init; }

    /// <summary>Whether the decision was used in time for the step itself, so that its age no longer matters. Default no.</summary>
    public bool WasUsed { get; init; }

    /// <summary>What the policies ask of who approves the step.</summary>
    public EffectiveApprovals Approvals => Prepared.Policy.Approvals(Prepared.Risk);

    /// <summary>What can be decided on the step as it stands. Default everything.</summary>
    public IReadOnlyList<ApprovalDecision> Possible { get; init; } = Enum.GetValues<ApprovalDecision>();

    /// <summary>Whether the seal is the operator's own, over exactly this object.</summary>
    public required bool Sealed { get; init; }

    /// <summary>Whether the API server says that the person may decide this; null if it was not asked, because it does not matter.</summary>
    public bool? Allowed { get; init; }

    /// <summary>The time.</summary>
    public required DateTimeOffset Now { get; init; }
}

/// <summary>Judges a decision of a person at the moment of use. Pure: an ordered list of reasons why it does not count.</summary>
internal static class ApprovalJudge
{
    private static readonly Func<RunbookApprovalSpec, ApprovalFacts, (string State, string Message)?>[] Objections =
    [
        // Nothing unsealed is believed, whatever else is right.
        (spec, facts) => spec.User is null || !facts.Sealed
            ? (ApprovalState.Refused, "it does not carry the operator's seal: is the admission webhook installed?") : null,
        (spec, facts) => spec.Execution.Uid != facts.Execution.Metadata.Uid ? (ApprovalState.Void, "it is about another run of that name") : null,
        (spec, facts) => (spec.Undo == true) != facts.Prepared.IsUndo
            ? (ApprovalState.Void, facts.Prepared.IsUndo ? "it is about the step, and its undo is asked about" : "it is about the undo of the step, which is not asked about") : null,
        (spec, facts) => spec.Attempt != facts.Prepared.Attempt ? (ApprovalState.Void, $"it is about attempt {spec.Attempt}; this is attempt {facts.Prepared.Attempt}") : null,
        (spec, facts) => spec.Digest != facts.Prepared.Digest ? (ApprovalState.Void, "what it was about has changed since; look again and decide anew") : null,
        (spec, _) => NotActedUpon.In(new RunbookApproval { Spec = spec }) is { Count: > 0 } uses ? (ApprovalState.Refused, NotActedUpon.Tell(uses)) : null,
        (spec, facts) => facts.Possible.Contains(spec.Decision) ? null : (ApprovalState.Void, Impossible(spec.Decision)),
        (spec, facts) => !facts.WasUsed && facts.Now - spec.User!.At > facts.Approvals.Timeout.Value
            ? (ApprovalState.Void, $"it is older than {Duration.Of(facts.Approvals.Timeout.Value)}") : null,
        (spec, facts) => facts.Approvals.ServiceAccountObjection(spec.User!.Username) is { } account ? (ApprovalState.Refused, account) : null,
        (spec, facts) => facts.Allowed == false
            ? (ApprovalState.Refused, $"{spec.User!.Username} lacks the verb approve on runbooks/{Subresource(facts.Prepared)} {facts.Execution.Spec.Runbook.Name}") : null,

        // The second lock: the permission of Kubernetes and the policies must both open.
        (spec, facts) => NeedsPermission(spec.Decision) && facts.Approvals.Objection(spec.User!.Username, spec.User.Groups ?? []) is { } stranger
            ? (ApprovalState.Refused, stranger) : null,
        (spec, facts) => spec.Decision == ApprovalDecision.Approve && !facts.Approvals.AllowSelf.Value && spec.User!.Username == facts.Execution.Spec.Trigger.User
            ? (ApprovalState.Refused, $"whoever started a run may not approve its steps{By(facts.Approvals.AllowSelf.Policy)}") : null,
        (spec, facts) => spec.Decision == ApprovalDecision.Approve && facts.Approvals.TypedConfirmation.Value && spec.Confirm != (facts.Prepared.Confirm ?? facts.Prepared.Step)
            ? (ApprovalState.Refused, $"the text to be typed is \"{facts.Prepared.Confirm ?? facts.Prepared.Step}\"") : null,
    ];

    private static string By(string policy) => policy == PolicySource.BuiltIn ? "" : $" (policy {policy})";

    private static string Impossible(ApprovalDecision decision) => decision switch
    {
        ApprovalDecision.Approve => "this step is not waiting for approval: a person does it, or its outcome is unknown",
        ApprovalDecision.MarkDone => "the operator does this step: approve, skip or reject it",
        _ => "only a step of unknown outcome is tried again",
    };

    /// <summary>Whether the API server is to be asked. Saying no needs no permission but that to create decisions.</summary>
    public static bool NeedsPermission(ApprovalDecision decision) => decision != ApprovalDecision.Reject;

    /// <summary>The subresource of runbooks on which the person needs the verb approve. Deciding on safe and manual steps is as deciding on
    /// caution.</summary>
    public static string Subresource(PreparedStep prepared) => prepared.Risk == RiskLevel.Dangerous ? "dangerous" : "caution";

    /// <summary>Judges <paramref name="approval"/>.</summary>
    public static JudgedDecision Judge(RunbookApproval approval, ApprovalFacts facts)
    {
        foreach (var objection in Objections)
        {
            if (objection(approval.Spec, facts) is { } no)
            {
                return Verdict(approval, no.State, no.Message);
            }
        }

        return Verdict(approval, ApprovalState.Counted, null);
    }

    private static JudgedDecision Verdict(RunbookApproval approval, string state, string? message) => new(
        approval.Metadata.Name!,
        Variables.Clean(approval.Spec.User?.Username ?? "", Limits.Line),
        approval.Spec.Decision,
        approval.Spec.User?.At ?? default,
        approval.Spec.Reason is { Length: > 0 } reason ? Variables.Clean(reason, Limits.Message) : null,
        state,
        message is null ? null : Variables.Clean(message, Limits.Message));
}
