using RunbookOperator.Actions;
using RunbookOperator.Api;
using RunbookOperator.Risk;

namespace RunbookOperator.Documents.Validation;

/// <summary>The declared risk is not below what was found, and what changes something has an account to act as.</summary>
internal static class StepRiskRules
{
    public static void Check(ValidationContext context, StepPlace place, StepJudge judge)
    {
        // Of another runbook the operator finds the risk when the step begins.
        if (place.Step.Manual is not null || place.Step.Runbook is not null)
        {
            return;
        }

        // A check that is not safe has its own rule.
        var verdict = judge.Judge(context.Spec.WithSurroundings(place.Step) with { Verify = null }, context.Variables);
        var risk = verdict.Level;
        if (RiskLevels.TryParse(place.Step.Risk, out var declared) && declared < risk)
        {
            context.Error(RuleIds.DeclaredRisk, $"{place.Path}.risk",
                $"step \"{place.Step.Name}\" is declared {declared.ToText()} but is {risk.ToText()}: {verdict.Reasons[0]}");
        }

        if (risk == RiskLevel.Safe)
        {
            return;
        }

        // In ReadAlong a person does every step, with their own rights.
        if (context.Spec.ServiceAccountName is null && context.Spec.Mode is RunbookMode.Copilot or RunbookMode.Autopilot)
        {
            context.Error(RuleIds.Account, $"{place.Path}.name",
                $"step \"{place.Step.Name}\" is {risk.ToText()}, and the runbook has no serviceAccountName to act as; without one it may only read");
        }

        if (place.Step.Verify is null)
        {
            context.Warning(RuleIds.VerifyMissing, $"{place.Path}.name", $"step \"{place.Step.Name}\" is {risk.ToText()} and has no verify");
        }
    }
}
