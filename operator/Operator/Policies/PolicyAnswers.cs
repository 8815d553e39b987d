using System.Globalization;
using RunbookOperator.Api;
using RunbookOperator.Risk;

namespace RunbookOperator.Policies;

/// <summary>An effective policy as people read it: each answer, and which policy says so. Pure.</summary>
internal static class PolicyAnswers
{
    /// <summary>The answers. Of lists, one for each policy that says something, numbered.</summary>
    public static List<PolicyAnswer> Of(EffectivePolicy policy)
    {
        List<PolicyAnswer> all =
        [
            One("suspend", policy.Suspend, Flag),
            .. Approvals("safe", policy.Safe),
            .. Approvals("caution", policy.Caution),
            .. Approvals("dangerous", policy.Dangerous),
            One("autopilot.maximumRisk", policy.AutopilotRisk, static risk => risk.ToText()),
            One("autopilot.maximumServices", policy.AutopilotServices, Limit),
            One("run", policy.Run, static run => run.ToString()),
            One("limits.executionsPerHour", policy.ExecutionsPerHour, Limit),
            One("limits.maximumReplicas", policy.MaximumReplicas, Limit),
            One("limits.stepsInParallel", policy.StepsInParallel, static steps => steps.ToString(CultureInfo.InvariantCulture)),
            One("correlation.window", policy.Window, Time),
            One("correlation.settle", policy.Settle, Time),
            .. Many("unusable", policy.Problems.Select(static problem => (problem.Value.Message, problem.Policy))),
            .. Names("actions", policy.Actions),
            .. Names("namespaces", policy.Namespaces),
            .. Many("images", policy.Images.Value.Select(image => (image, policy.Images.Policy))),
            .. Many("freezes", policy.Freezes.Select(static freeze => (freeze.ToString(), freeze.Policy))),
            .. Many("programs", policy.Programs.Select(static rule => (Program(rule.Program), rule.Policy))),
        ];
        return [.. all.Take(Limits.Answers)];
    }

    private static IEnumerable<PolicyAnswer> Approvals(string risk, EffectiveApprovals approvals) =>
    [
        One($"approvals.{risk}.required", approvals.Required, static people => people.ToString(CultureInfo.InvariantCulture)),
        .. Many($"approvals.{risk}.approvers", approvals.Approvers.Select(static rule => (rule.ToString(), rule.Policy))),
        One($"approvals.{risk}.allowSelf", approvals.AllowSelf, Flag),
        One($"approvals.{risk}.typedConfirmation", approvals.TypedConfirmation, Flag),
        One($"approvals.{risk}.timeout", approvals.Timeout, Time),
    ];

    private static IEnumerable<PolicyAnswer> Names(string field, IReadOnlyList<NameRule> rules) =>
    [
        .. Many($"{field}.allow", rules.Where(static rule => rule.Allows).Select(static rule => (List(rule.Patterns), rule.Policy))),
        .. Many($"{field}.deny", rules.Where(static rule => !rule.Allows).Select(static rule => (List(rule.Patterns), rule.Policy))),
    ];

    private static PolicyAnswer One<T>(string field, Answer<T> answer, Func<T, string> words) => Answer(field, words(answer.Value), answer.Policy);

    private static IEnumerable<PolicyAnswer> Many(string field, IEnumerable<(string Value, string Policy)> said) =>
        said.Select((one, i) => Answer($"{field}[{i}]", one.Value, one.Policy));

    private static PolicyAnswer Answer(string field, string value, string policy) =>
        new() { Field = field, Value = Variables.Clean(value, Limits.Message), Policy = policy };

    private static string Program(PolicyProgram program) =>
        $"{program.Name}{(program.Subcommands is { Count: > 0 } subcommands ? $" {List(subcommands)}" : "")}: {program.Risk}, {program.Reason}";

    private static string List(IReadOnlyList<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);

    private static string Flag(bool value) => value ? "true" : "false";

    private static string Limit(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "no limit";

    private static string Time(TimeSpan time) => Duration.Of(time).ToString();
}
