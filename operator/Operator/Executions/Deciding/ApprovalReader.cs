using System.Text.Json.Nodes;
using RunbookOperator.Admission;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Executions;

/// <summary>Reads the decisions on a step from the API server, never from a cache, and has each judged: seal, age, digest and permission.</summary>
internal sealed class ApprovalReader(IKubernetesClient client, HmacKeys keys, TimeProvider time)
{
    /// <summary>All decisions on the present attempt of the step, or of its undo, judged.</summary>
    /// <param name="execution">The run.</param>
    /// <param name="prepared">The step, or its undo, as it would act now.</param>
    /// <param name="possible">What can be decided on it as it stands.</param>
    /// <param name="wereUsed">Whether they were used in time for the step itself: then their age no longer matters, and what was told of them stays.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<JudgedDecision>> ReadAsync(
        RunbookExecution execution, PreparedStep prepared, IReadOnlyList<ApprovalDecision> possible, bool wereUsed, CancellationToken cancellationToken)
    {
        var judged = new List<JudgedDecision>();
        foreach (var approval in await client.ListAllAsync<RunbookApproval>(execution.Metadata.Namespace, null, cancellationToken))
        {
            if (approval.Spec.Execution.Name != execution.Metadata.Name || approval.Spec.Step != prepared.Step || IsHistory(approval, execution, prepared))
            {
                continue;
            }

            var facts = new ApprovalFacts
            {
                Execution = execution,
                Prepared = prepared,
                Possible = possible,
                WasUsed = wereUsed,
                Sealed = ApprovalSeal.IsValid(keys, approval.Metadata.Namespace!, approval.Spec),
                Now = time.GetUtcNow(),
            };
            var verdict = ApprovalJudge.Judge(approval, facts);
            if (verdict.Counts && ApprovalJudge.NeedsPermission(approval.Spec.Decision))
            {
                // Asked only for what would count otherwise, and asked each time: a permission may be taken away between the decision and its use.
                verdict = ApprovalJudge.Judge(approval, facts with { Allowed = await MayAsync(execution, approval.Spec.User!, prepared, cancellationToken) });
            }

            judged.Add(verdict);
            if (!wereUsed)
            {
                await TellAsync(approval, verdict, cancellationToken);
            }
        }

        return judged;
    }

    // What counted for an earlier attempt, or for an earlier run of the name, stays as it was written then.
    private static bool IsHistory(RunbookApproval approval, RunbookExecution execution, PreparedStep prepared) =>
        approval.Status?.State is not null && (approval.Spec.Attempt != prepared.Attempt || (approval.Spec.Undo == true) != prepared.IsUndo
            || approval.Spec.Execution.Uid != execution.Metadata.Uid);

    private async Task<bool> MayAsync(RunbookExecution execution, ApprovalUser user, PreparedStep prepared, CancellationToken cancellationToken)
    {
        var review = await client.CreateAsync(
            new SubjectAccessReview
            {
                ApiVersion = SubjectAccessReview.Definition.ApiVersion,
                Kind = SubjectAccessReview.Definition.Kind,
                Spec = new SubjectAccessReviewSpec
                {
                    User = user.Username,
                    Uid = user.Uid,
                    Groups = user.Groups,
                    Extra = user.Extra,
                    ResourceAttributes = new ResourceAttributes
                    {
                        Verb = "approve",
                        Group = Names.Group,
                        Resource = Runbook.Definition.Plural,
                        Subresource = ApprovalJudge.Subresource(prepared),
                        Name = execution.Spec.Runbook.Name,
                        Namespace = execution.Metadata.Namespace,
                    },
                },
            },
            cancellationToken);
        return review.Status is { Allowed: true, Denied: false };
    }

    // Told before the run records its use: after a crash in between, the decision is judged again and the answer is the same.
    private async Task TellAsync(RunbookApproval approval, JudgedDecision verdict, CancellationToken cancellationToken)
    {
        if (approval.Status?.State == verdict.State && approval.Status?.Message == verdict.Message)
        {
            return;
        }

        var status = new JsonObject { ["state"] = verdict.State, ["message"] = verdict.Message };
        try
        {
            await client.PatchAsync<RunbookApproval>(
                NamespacedName.Of(approval),
                new Patch(PatchType.Merge, new JsonObject { ["status"] = status }) { Subresource = "status", FieldManager = Names.FieldManager },
                cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            // Deleted meanwhile; what was read is what counts.
        }
    }
}
