using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RunbookOperator.Api;
using RunbookOperator.Risk;

namespace RunbookOperator.Actions;

/// <summary>What the operator itself finds of a step.</summary>
/// <param name="Level">The risk.</param>
/// <param name="Reasons">Why, riskiest first; never empty.</param>
/// <param name="Touches">What is read or changed, in a few words; null where only the command says.</param>
/// <param name="Undo">What undoes it, in one sentence; null if nothing is changed, or nobody said.</param>
public sealed record StepVerdict(RiskLevel Level, IReadOnlyList<string> Reasons, string? Touches, string? Undo)
{
    /// <summary>The programs that a command starts, without the shell's own commands; null where they are not known.</summary>
    public IReadOnlyList<string>? Programs { get; init; }

    /// <summary>Whether a typed action runs a command, which policies bound as they bound any command.</summary>
    public bool RunsCommand { get; init; }
}

/// <summary>Says how risky a step is: the classifier's word for a command, the action's own for a typed action. What cannot be decided is
/// dangerous. Pure; safe for many threads.</summary>
/// <param name="actions">The typed actions.</param>
/// <param name="classifier">Judges commands.</param>
/// <param name="images">Images besides the operator's own that a command may run in without being dangerous for it, by digest. Default none.</param>
public sealed class StepJudge(ActionCatalog actions, RiskClassifier classifier, IReadOnlyCollection<string>? images = null)
{
    private const int RuleSetLength = 16;

    /// <summary>A hash of all that a verdict depends on: the classifier's rules, and what the actions declare.</summary>
    public string RuleSet { get; } = Hash(actions, classifier, images ?? []);

    /// <summary>Judges a step.</summary>
    /// <param name="step">The step, with values filled in or still with <c>${name}</c>, and with what it has from its runbook
    /// (<see cref="RunbookSurroundings.WithSurroundings"/>).</param>
    /// <param name="variables">The names of the runbook's parameters and outputs.</param>
    public StepVerdict Judge(RunbookStep step, IReadOnlyCollection<string> variables)
    {
        ArgumentNullException.ThrowIfNull(step);
        var verdict = Own(step, variables);
        verdict = Verify(verdict, step.Verify, variables);
        return Declared(verdict, step.Risk);
    }

    private StepVerdict Own(RunbookStep step, IReadOnlyCollection<string> variables) => step switch
    {
        { Uses: { } uses, Run: null, Manual: null } => Uses(uses, new ActionInputs(step.With), variables),
        { Run: { } run, Uses: null, Manual: null } => StepSurroundings.Judge(step, Run(run, StepSurroundings.Bounded(step, variables)), variables, images ?? []),
        { Manual: not null, Uses: null, Run: null } => new(RiskLevel.Caution, ["a person does this by hand"], Touches: null, Undo: null),
        { Runbook: not null, Uses: null, Run: null, Manual: null } => Undecided("another runbook: as risky as its riskiest step, which is known when the step begins"),
        _ => Undecided("the step is not exactly one of uses, run, manual and runbook"),
    };

    private StepVerdict Run(string run, IEnumerable<string> variables)
    {
        var verdict = classifier.Classify(run, new RiskVariables(variables));
        return new(verdict.Level, [.. verdict.Reasons.Select(reason => reason.Message).Distinct()], Touches: null, Undo: null) { Programs = verdict.Programs };
    }

    private StepVerdict Uses(string uses, ActionInputs inputs, IReadOnlyCollection<string> variables)
    {
        if (actions.Find(uses) is not { } action)
        {
            return Undecided($"there is no action {uses}");
        }

        if (inputs.VariableNames.FirstOrDefault(name => !variables.Contains(name)) is { } unknown)
        {
            return Undecided($"the variable {unknown} is neither a parameter nor an output");
        }

        try
        {
            var assessment = action.Assess(inputs);
            var verdict = new StepVerdict(assessment.Risk, assessment.Reasons, assessment.Touches, assessment.Undo);
            return action is ICommandAction command && command.CommandLine(inputs) is { } line ? Raise(verdict, Run(line, variables)) : verdict;
        }
        catch (ActionException exception)
        {
            return Undecided(exception.Message);
        }
    }

    private static StepVerdict Raise(StepVerdict verdict, StepVerdict command)
    {
        var raised = command.Level > verdict.Level ? verdict with { Level = command.Level, Reasons = [.. command.Reasons, .. verdict.Reasons] } : verdict;
        return raised with { Programs = command.Programs, RunsCommand = true };
    }

    private StepVerdict Verify(StepVerdict verdict, StepVerify? verify, IReadOnlyCollection<string> variables)
    {
        if (verify is null)
        {
            return verdict;
        }

        var check = Uses(verify.Uses, new ActionInputs(verify.With), variables);
        return check.Level == RiskLevel.Safe
            ? verdict
            : verdict with { Level = RiskLevel.Dangerous, Reasons = [$"verify must be safe: {check.Reasons[0]}", .. verdict.Reasons] };
    }

    private static StepVerdict Declared(StepVerdict verdict, string? declared)
    {
        if (declared is null)
        {
            return verdict;
        }

        if (!RiskLevels.TryParse(declared, out var level))
        {
            return verdict with { Level = RiskLevel.Dangerous, Reasons = ["the declared risk is none of safe, caution and dangerous", .. verdict.Reasons] };
        }

        return level > verdict.Level ? verdict with { Level = level, Reasons = [$"declared {level.ToText()}", .. verdict.Reasons] } : verdict;
    }

    private static StepVerdict Undecided(string reason) => new(RiskLevel.Dangerous, [reason], Touches: null, Undo: null);

    private static string Hash(ActionCatalog actions, RiskClassifier classifier, IReadOnlyCollection<string> images)
    {
        var all = new StringBuilder(classifier.RuleSetHash).Append('\n').Append(typeof(StepJudge).Assembly.GetName().Version).Append('\n');
        foreach (var action in actions.All)
        {
            all.Append(JsonSerializer.Serialize(action.Declaration)).Append('\n');
        }

        all.AppendJoin('\n', images.Order(StringComparer.Ordinal));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all.ToString())))[..RuleSetLength];
    }
}
