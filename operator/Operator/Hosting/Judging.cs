using RunbookOperator.Actions;
using RunbookOperator.Documents;
using RunbookOperator.Policies;
using RunbookOperator.Risk;

namespace RunbookOperator.Hosting;

/// <summary>What judges steps: one classifier and one catalog for all who ask.</summary>
internal sealed class Judging
{
    public Judging(ActionServices services)
    {
        Actions = ActionCatalog.With(services);
        Judge = new StepJudge(Actions, Classifier);
        Judges = new StepJudges(Actions, Judge);
        Validator = new RunbookValidator(Actions, Classifier);
    }

    public RiskClassifier Classifier { get; } = new();

    public ActionCatalog Actions { get; }

    public StepJudge Judge { get; }

    public StepJudges Judges { get; }

    public RunbookValidator Validator { get; }
}
