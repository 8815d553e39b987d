using RunbookOperator.Actions;
using RunbookOperator.Api;
using RunbookOperator.Risk;

namespace RunbookOperator.Documents.Validation;

/// <summary>The risk of a step, and why.</summary>
internal sealed record StepVerdict(RiskLevel Level, IReadOnlyList<string> Reasons);

/// <summary>Asks the action of a step, or the classifier for a command.</summary>
internal sealed class StepJudge(ActionCatalog actions, RiskClassifier classifier)
{
    public StepVerdict Judge(RunbookStep step, IReadOnlyCollection<string> variables)
    {
        if (step.Uses is { } uses)
        {
            return actions.Find(uses)?.Assess(new ActionInputs(step.With)) is { } assessed
                ? new StepVerdict(assessed.Risk, assessed.Reasons)
                : new StepVerdict(RiskLevel.Dangerous, [$"{uses} is unknown"]);
        }

        var verdict = classifier.Classify(step.Run ?? string.Empty, new RiskVariables(variables));
        return new StepVerdict(verdict.Level, [.. verdict.Reasons.Select(reason => reason.Message)]);
    }
}
