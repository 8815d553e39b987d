using RunbookOperator.Documents.Schema;
using RunbookOperator.Documents.Yaml;

namespace RunbookOperator.Documents.Validation;

/// <summary>What a step waits for or looks at is a step before it: a later one has no result yet, and so there are no circles.</summary>
internal static class StepOrder
{
    /// <summary>Reports steps under needs that do not come before.</summary>
    public static void CheckNeeds(ValidationContext context, StepPlace place)
    {
        for (var i = 0; i < (place.Step.Needs?.Count ?? 0); i++)
        {
            Check(context, place, place.Step.Needs![i], $"{place.Path}.needs[{i}]");
        }
    }

    /// <summary>Reports <paramref name="name"/> if it comes before <paramref name="place"/> and may still run when that begins.</summary>
    public static void CheckWaits(ValidationContext context, StepPlace place, string name, string path)
    {
        if (context.Steps.Take(place.Index).Any(earlier => earlier.Step.Name == name) && !place.Over.Contains(name))
        {
            context.Error(RuleIds.WhenStep, path, $"the step \"{place.Step.Name}\" does not wait for \"{name}\": name it under needs");
        }
    }

    /// <summary>Reports <paramref name="name"/> if it is no step before <paramref name="place"/>.</summary>
    public static void Check(ValidationContext context, StepPlace place, string name, string path)
    {
        if (context.Steps.Take(place.Index).Any(earlier => earlier.Step.Name == name))
        {
            return;
        }

        if (context.Steps.Any(any => any.Step.Name == name))
        {
            context.Error(RuleIds.WhenStep, path, $"the step \"{name}\" does not come before \"{place.Step.Name}\"");
        }
        else
        {
            var earlier = context.Steps.Take(place.Index).Select(any => any.Step.Name);
            context.Error(RuleIds.WhenStep, path, $"there is no step {ProblemList.Quote(name)} before \"{place.Step.Name}\"{Suggestion.For(name, earlier)}");
        }
    }
}
