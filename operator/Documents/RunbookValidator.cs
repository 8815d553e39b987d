using RunbookOperator.Actions;
using RunbookOperator.Documents.Validation;
using RunbookOperator.Risk;

namespace RunbookOperator.Documents;

/// <summary>Says what a runbook gets wrong in its meaning: variables, conditions, matchers, expressions, actions and their inputs, and risk.
/// Pure; safe for many threads.</summary>
public sealed class RunbookValidator(ActionCatalog actions, RiskClassifier classifier)
{
    private readonly StepJudge _judge = new(actions, classifier);

    /// <summary>The rule that a field is not acted upon by this version.</summary>
    public static string NotActedUponRule => RuleIds.NotActedUpon;

    /// <summary>Everything wrong with <paramref name="document"/>, in the order of the file.</summary>
    public IReadOnlyList<DocumentProblem> Validate(RunbookDocument document) => Validate(document, _judge);

    /// <summary>The same, where policies say something of programs, which <paramref name="judge"/> knows.</summary>
    public IReadOnlyList<DocumentProblem> Validate(RunbookDocument document, StepJudge judge)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(judge);
        var context = new ValidationContext(document);
        RunbookRules.Check(context);
        FieldRules.Check(context);
        ParameterRules.Check(context);
        TriggerRules.Check(context);
        foreach (var step in context.Steps)
        {
            WhenRules.Check(context, step);
            StepOrder.CheckNeeds(context, step);
            OutputRules.Check(context, step);

            // An action whose inputs are wrong would be judged dangerous for that alone, which says nothing new.
            if (VariableRules.Check(context, step) & ActionRules.Check(context, step, actions))
            {
                StepRiskRules.Check(context, step, judge);
            }
        }

        return context.Problems.InOrder();
    }

    /// <summary>The runbooks among <paramref name="documents"/> that have one name and namespace with another: one problem for each of them.</summary>
    public static IEnumerable<DocumentProblem> Duplicates(IEnumerable<RunbookDocument> documents)
    {
        foreach (var group in documents.GroupBy(document => (document.Runbook.Metadata.Namespace, document.Runbook.Metadata.Name)))
        {
            var places = group.Select(document => (document.File, At: document.Map.Find("metadata.name"))).ToArray();
            foreach (var (file, at) in places.Length < 2 ? [] : places)
            {
                var others = places.Where(place => place != (file, at)).Select(place => $"{place.File}:{place.At.Line}");
                yield return new DocumentProblem(file, at.Line, at.Column, RuleIds.DuplicateRunbook, DocumentSeverity.Error,
                    $"a runbook called \"{group.Key.Name}\" stands also in {string.Join(", ", others)}; neither is applied");
            }
        }
    }
}
