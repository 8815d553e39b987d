using System.Globalization;
using RunbookOperator.Actions;
using RunbookOperator.Api;
using RunbookOperator.Risk;

namespace RunbookOperator.Policies;

/// <summary>What a policy lets no step do, whoever approves it. Pure.</summary>
internal static class StepRules
{
    // The inputs that say how many pods there are to be, or may be.
    private static readonly string[] Replicas = ["replicas", "minReplicas", "maxReplicas"];

    /// <summary>Why a policy forbids the step; null if none does.</summary>
    /// <param name="policy">What holds for it.</param>
    /// <param name="step">The step, with its values filled in.</param>
    /// <param name="verdict">What was found of it.</param>
    /// <param name="ns">The namespace that a typed action touches.</param>
    public static string? Denial(EffectivePolicy policy, RunbookStep step, StepVerdict verdict, string ns)
    {
        var denial = step.Run is not null || verdict.RunsCommand ? Command(policy, verdict) : null;
        denial ??= step.Uses is { } uses ? Action(policy, uses, step, verdict, ns) : null;
        return denial ?? (step.Verify is { } verify ? Named(policy.Actions, verify.Uses, "the action") : null);
    }

    private static string? Action(EffectivePolicy policy, string uses, RunbookStep step, StepVerdict verdict, string ns) =>
        Named(policy.Actions, uses, "the action")
        ?? (verdict.Level > RiskLevel.Safe ? Named(policy.Namespaces, ns, "a change in the namespace") : null)
        ?? Replicas.Select(name => TooMany(policy.MaximumReplicas, new ActionInputs(step.With).Text(name))).FirstOrDefault(denial => denial is not null);

    private static string? Named(IReadOnlyList<NameRule> rules, string name, string what) =>
        rules.FirstOrDefault(rule => !rule.LetsThrough(name)) is { } refusing ? $"the policy {refusing.Policy} does not allow {what} {name}" : null;

    // What is no number the action itself refuses.
    private static string? TooMany(Answer<int?> maximum, string? replicas) =>
        maximum.Value is { } most && long.TryParse(replicas, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var wanted) && wanted > most
            ? $"the policy {maximum.Policy} allows at most {most} replicas, not {wanted}"
            : null;

    private static string? Command(EffectivePolicy policy, StepVerdict verdict)
    {
        if (policy.Run.Value == RunPolicy.Deny)
        {
            return $"the policy {policy.Run.Policy} allows no commands";
        }

        foreach (var listing in policy.Listing)
        {
            if (verdict.Programs is not { } programs)
            {
                return $"the policy {listing} allows only listed programs, and which ones the command starts is not known";
            }

            // What one policy lists must not loosen what another one asks for.
            if (programs.FirstOrDefault(program => !policy.Programs.Any(rule => rule.Program.Name == program && (rule.IsBase || rule.Policy == listing))) is { } other)
            {
                return $"the policy {listing} allows only listed programs, and {other} is none";
            }
        }

        return null;
    }
}
