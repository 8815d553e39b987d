using RunbookOperator.Api;
using RunbookOperator.Risk;

namespace RunbookOperator.Policies;

/// <summary>Whether a policy can be used. Pure.</summary>
internal static class PolicyCheck
{
    /// <summary>Why <paramref name="policy"/> cannot be used; null if it can.</summary>
    public static PolicyProblem? ProblemOf(RunbookPolicy policy)
    {
        // A field that nothing is done with would mislead whoever relies on it.
        if (NotActedUpon.In(policy) is { Count: > 0 } uses)
        {
            return new PolicyProblem(Reasons.NotSupported, NotActedUpon.Tell(uses));
        }

        return Mistakes(policy.Spec).FirstOrDefault() is { } mistake ? new PolicyProblem(Reasons.Invalid, mistake) : null;
    }

    private static IEnumerable<string> Mistakes(RunbookPolicySpec spec)
    {
        foreach (var broken in RuleChecker.Check(spec))
        {
            yield return broken.ToString();
        }

        if (spec.Approvals?.Dangerous?.Required == 0)
        {
            yield return "spec.approvals.dangerous.required: a dangerous step always waits for somebody; 1 to 5";
        }

        foreach (var (program, i) in (spec.Programs ?? []).Select((program, i) => (program, i)))
        {
            if (!RiskLevels.TryParse(program.Risk, out _))
            {
                yield return $"spec.programs[{i}].risk: {program.Risk} is none of safe, caution and dangerous";
            }
        }

        foreach (var (freeze, i) in (spec.Freezes ?? []).Select((freeze, i) => (freeze, i)))
        {
            _ = Freeze.Read("", freeze, out var problem);
            if (problem is not null)
            {
                yield return $"spec.freezes[{i}]: {problem}";
            }
        }
    }
}
