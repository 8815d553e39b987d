using System.Text.Json.Nodes;
using RunbookOperator.Actions;
using RunbookOperator.Documents.Schema;
using RunbookOperator.Documents.Yaml;
using RunbookOperator.Risk;

namespace RunbookOperator.Documents.Validation;

/// <summary>Typed actions exist and get the inputs they take; a check is safe.</summary>
internal static class ActionRules
{
    /// <summary>Whether the step's own action, if it has one, can be judged.</summary>
    public static bool Check(ValidationContext context, StepPlace place, ActionCatalog actions)
    {
        if (place.Step.Verify is { } verify && Check(context, actions, verify.Uses, verify.With, $"{place.Path}.verify") is { Risk: not RiskLevel.Safe } assessed)
        {
            context.Error(RuleIds.Verify, $"{place.Path}.verify.uses", $"verify must be safe, and {verify.Uses} is {assessed.Risk.ToText()}: {assessed.Reasons[0]}");
        }

        return place.Step.Uses is not { } uses || Check(context, actions, uses, place.Step.With, place.Path) is not null;
    }

    private static ActionAssessment? Check(ValidationContext context, ActionCatalog actions, string uses, JsonObject? with, string path)
    {
        if (actions.Find(uses) is not { } action)
        {
            var names = actions.All.Select(known => known.Declaration.Name);
            context.Error(RuleIds.Action, $"{path}.uses", $"there is no action {ProblemList.Quote(uses)}{Suggestion.For(uses, names)}");
            return null;
        }

        var errors = context.Problems.Errors;
        InputRules.Check(context, action.Declaration, with ?? [], path);
        if (context.Problems.Errors != errors)
        {
            return null;
        }

        try
        {
            return action.Assess(new ActionInputs(with));
        }
        catch (ActionException exception)
        {
            context.ErrorAtKey(RuleIds.Input, $"{path}.with", $"{uses}: {exception.Message}");
            return null;
        }
    }
}
