using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runtime;

namespace RunbookOperator.Policies;

/// <summary>What there is to say about a policy. Pure.</summary>
internal static class PolicySummary
{
    /// <summary>The status of <paramref name="policy"/>.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="effective">What holds where it counts.</param>
    /// <param name="now">The time.</param>
    public static RunbookPolicyStatus Of(RunbookPolicy policy, EffectivePolicy effective, DateTimeOffset now)
    {
        var generation = policy.Metadata.Generation;
        var before = policy.Status?.Conditions;
        return new RunbookPolicyStatus
        {
            ObservedGeneration = generation,
            Effective = PolicyAnswers.Of(effective),
            Conditions = PolicyCheck.ProblemOf(policy) is { } problem ? Stalled(before, problem, generation, now) : Settled(before, policy.Spec, generation, now),
        };
    }

    private static List<Condition> Settled(List<Condition>? before, RunbookPolicySpec spec, long? generation, DateTimeOffset now)
    {
        var (reason, message) = spec.Suspend == true ? (Reasons.Suspended, "it counts: nothing new starts") : (Reasons.Succeeded, "it counts");
        return Conditions.Remove(Conditions.Set(before, ConditionTypes.Ready, ConditionStatus.True, reason, message, generation, now), ConditionTypes.Stalled);
    }

    private static List<Condition> Stalled(List<Condition>? before, PolicyProblem problem, long? generation, DateTimeOffset now)
    {
        var message = Variables.Clean(problem.Message, Limits.Message);
        var conditions = Conditions.Set(before, ConditionTypes.Ready, ConditionStatus.False, problem.Reason, message, generation, now);
        return Conditions.Set(conditions, ConditionTypes.Stalled, ConditionStatus.True, problem.Reason, message, generation, now);
    }
}
