using RunbookOperator.Api;
using RunbookOperator.Risk;

namespace RunbookOperator.Policies;

/// <summary>Makes one policy of many: the base says what holds, every other one only tightens it. The order in which they are given does not
/// matter. Pure.</summary>
public static class PolicyMerge
{
    /// <summary>What holds where these policies count.</summary>
    /// <param name="builtIn">What holds where none says anything.</param>
    /// <param name="policies">The policies.</param>
    public static EffectivePolicy Of(EffectivePolicy builtIn, PolicySet policies)
    {
        // A base that cannot be used loosens nothing.
        var (trusted, rest) = policies.Base is { Problem: null } usable ? (usable, []) : ((PolicySource?)null, policies.Base is null ? [] : (PolicySource[])[policies.Base]);
        var effective = trusted is null ? builtIn : Base(builtIn, trusted);
        var others = policies.Others.Concat(rest).OrderBy(policy => policy.Name, StringComparer.Ordinal).ToList();
        return others.Aggregate(effective, Tighten);
    }

    private static EffectivePolicy Base(EffectivePolicy builtIn, PolicySource policy)
    {
        var (spec, name) = (policy.Spec, policy.Name);
        return Lists(builtIn, policy, isBase: true) with
        {
            Suspend = builtIn.Suspend.Or(Said(spec.Suspend, name)),
            Safe = Base(builtIn.Safe, spec.Approvals?.Safe, name),
            Caution = Base(builtIn.Caution, spec.Approvals?.Caution, name),
            Dangerous = Base(builtIn.Dangerous, spec.Approvals?.Dangerous, name),
            Run = builtIn.Run.Or(Said(spec.Run, name)),
            AutopilotRisk = builtIn.AutopilotRisk.Or(Risk(spec.Autopilot?.MaximumRisk, name)),
            AutopilotServices = builtIn.AutopilotServices.Or(Limit(spec.Autopilot?.MaximumServices, name)),
            Images = builtIn.Images.Or(Said(spec.Images, name)),
            ExecutionsPerHour = builtIn.ExecutionsPerHour.Or(Limit(spec.Limits?.ExecutionsPerHour, name)),
            MaximumReplicas = builtIn.MaximumReplicas.Or(Limit(spec.Limits?.MaximumReplicas, name)),
            StepsInParallel = builtIn.StepsInParallel.Or(Said(spec.Limits?.StepsInParallel, name)),
            Window = builtIn.Window.Or(Said(spec.Correlation?.Window?.Value, name)),
            Settle = builtIn.Settle.Or(Said(spec.Correlation?.Settle?.Value, name)),
        };
    }

    private static EffectiveApprovals Base(EffectiveApprovals builtIn, RiskApproval? said, string policy) => builtIn with
    {
        Required = builtIn.Required.Or(Said(said?.Required, policy)),
        AllowSelf = builtIn.AllowSelf.Or(Said(said?.AllowSelf, policy)),
        TypedConfirmation = builtIn.TypedConfirmation.Or(Said(said?.TypedConfirmation, policy)),
        Timeout = builtIn.Timeout.Or(Said(said?.Timeout?.Value, policy)),
        Approvers = Approvers(builtIn.Approvers, said, policy),
    };

    private static EffectivePolicy Tighten(EffectivePolicy before, PolicySource policy)
    {
        var (spec, name) = (policy.Spec, policy.Name);
        return Lists(before, policy, isBase: false) with
        {
            Suspend = before.Suspend.Tighten(Said(spec.Suspend, name), static (said, known) => said && !known),
            Safe = Tighten(before.Safe, spec.Approvals?.Safe, name),
            Caution = Tighten(before.Caution, spec.Approvals?.Caution, name),
            Dangerous = Tighten(before.Dangerous, spec.Approvals?.Dangerous, name),
            Run = before.Run.Tighten(Said(spec.Run, name), static (said, known) => said > known),
            AutopilotRisk = before.AutopilotRisk.Tighten(Risk(spec.Autopilot?.MaximumRisk, name), static (said, known) => said < known),
            AutopilotServices = before.AutopilotServices.Tighten(Limit(spec.Autopilot?.MaximumServices, name), Lower),
            Images = spec.Images is { } images && before.Images.Value.Except(images).Any()
                ? new Answer<IReadOnlyList<string>>([.. before.Images.Value.Intersect(images)], name)
                : before.Images,
            ExecutionsPerHour = before.ExecutionsPerHour.Tighten(Limit(spec.Limits?.ExecutionsPerHour, name), Lower),
            MaximumReplicas = before.MaximumReplicas.Tighten(Limit(spec.Limits?.MaximumReplicas, name), Lower),
            StepsInParallel = before.StepsInParallel.Tighten(Said(spec.Limits?.StepsInParallel, name), static (said, known) => said < known),
            Window = before.Window.Tighten(Said(spec.Correlation?.Window?.Value, name), static (said, known) => said < known),
            Settle = before.Settle.Tighten(Said(spec.Correlation?.Settle?.Value, name), static (said, known) => said > known),
        };
    }

    private static EffectiveApprovals Tighten(EffectiveApprovals before, RiskApproval? said, string policy) => before with
    {
        Required = before.Required.Tighten(Said(said?.Required, policy), static (said, known) => said > known),
        AllowSelf = before.AllowSelf.Tighten(Said(said?.AllowSelf, policy), static (said, known) => !said && known),
        TypedConfirmation = before.TypedConfirmation.Tighten(Said(said?.TypedConfirmation, policy), static (said, known) => said && !known),
        Timeout = before.Timeout.Tighten(Said(said?.Timeout?.Value, policy), static (said, known) => said < known),
        Approvers = Approvers(before.Approvers, said, policy),
    };

    // Lists only grow: what each policy says holds beside what the others say.
    private static EffectivePolicy Lists(EffectivePolicy before, PolicySource policy, bool isBase)
    {
        var (spec, name) = (policy.Spec, policy.Name);
        return before with
        {
            Listing = spec.Run == RunPolicy.Listed ? [.. before.Listing, name] : before.Listing,
            Actions = [.. before.Actions, .. Rules(spec.Actions, name)],
            Namespaces = [.. before.Namespaces, .. Rules(spec.Namespaces, name)],
            Programs = [.. before.Programs, .. (spec.Programs ?? []).Select(program => new ProgramRule(name, isBase, program))],
            Freezes = [.. before.Freezes, .. (spec.Freezes ?? []).Select(freeze => Freeze.Read(name, freeze, out _)).OfType<Freeze>()],
            Problems = policy.Problem is { } problem ? [.. before.Problems, new Answer<PolicyProblem>(problem, name)] : before.Problems,
        };
    }

    private static IEnumerable<NameRule> Rules(PolicyNames? names, string policy)
    {
        if (names?.Allow is { } allow)
        {
            yield return new NameRule(policy, Allows: true, allow);
        }

        if (names?.Deny is { } deny)
        {
            yield return new NameRule(policy, Allows: false, deny);
        }
    }

    private static IReadOnlyList<ApproverRule> Approvers(IReadOnlyList<ApproverRule> before, RiskApproval? said, string policy) =>
        said is null or { Groups: null, Users: null } ? before : [.. before, new ApproverRule(policy, said.Groups ?? [], said.Users ?? [])];

    private static Answer<T>? Said<T>(T? value, string policy)
        where T : struct => value is { } said ? new Answer<T>(said, policy) : null;

    // What is no risk allows nothing beyond what is safe.
    private static Answer<RiskLevel>? Risk(string? value, string policy) =>
        value is null ? null : new Answer<RiskLevel>(value == RiskLevel.Caution.ToText() ? RiskLevel.Caution : RiskLevel.Safe, policy);

    private static Answer<IReadOnlyList<string>>? Said(List<string>? value, string policy) => value is null ? null : new Answer<IReadOnlyList<string>>(value, policy);

    private static Answer<int?>? Limit(int? value, string policy) => value is null ? null : new Answer<int?>(value, policy);

    private static bool Lower(int? said, int? known) => known is null || said < known;
}
