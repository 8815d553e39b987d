using RunbookOperator.Api;
using RunbookOperator.Risk;

namespace RunbookOperator.Policies;

/// <summary>Why a step waits for a policy, and not for a person.</summary>
/// <param name="Reason">One of <see cref="Reasons"/>.</param>
/// <param name="Message">A sentence that names the policy.</param>
/// <param name="Until">When to look again at the latest; null if the operator is told.</param>
public sealed record PolicyHold(string Reason, string Message, DateTimeOffset? Until)
{
    /// <summary>How often to look again whether a policy that cannot be used still is none: nobody tells of one that is deleted.</summary>
    public static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    /// <summary>Why a step of this risk may not start now; null if it may.</summary>
    /// <param name="policy">What holds.</param>
    /// <param name="risk">The step's risk.</param>
    /// <param name="byHand">Whether a person does the step. What people do by hand is not frozen: only the operator can be held.</param>
    /// <param name="now">The time.</param>
    /// <param name="isUndo">Whether it undoes a step. Undo is never frozen.</param>
    public static PolicyHold? Of(EffectivePolicy policy, RiskLevel risk, bool byHand, DateTimeOffset now, bool isUndo = false)
    {
        if (policy.Suspend is { Value: true } suspend)
        {
            return new PolicyHold(Reasons.Suspended, $"held by the policy {suspend.Policy}, which suspends: nothing new starts", null);
        }

        if (byHand)
        {
            return null;
        }

        return risk > RiskLevel.Safe && policy.Problems is [var problem, ..]
            ? new PolicyHold(
                Reasons.PolicyUnusable, $"held: nothing but safe steps runs while the policy {problem.Policy} cannot be used: {problem.Value.Message}", now + LookAgain)
            : isUndo ? null : Frozen(policy, risk, now);
    }

    // The freeze that ends last speaks: nothing goes on before.
    private static PolicyHold? Frozen(EffectivePolicy policy, RiskLevel risk, DateTimeOffset now)
    {
        var last = policy.Freezes.Where(freeze => risk > freeze.Allow).OrderByDescending(freeze => freeze.Until(now)).FirstOrDefault();
        return last?.Until(now) is { } until
            ? new PolicyHold(Reasons.Frozen, $"held by the policy {last.Policy}, which freezes what is above {last.Allow.ToText()} until {until:yyyy-MM-dd HH:mm'Z'}", until)
            : null;
    }
}
