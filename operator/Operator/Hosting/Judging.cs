using RunbookOperator.Actions;
using RunbookOperator.Documents;
using RunbookOperator.Risk;

namespace RunbookOperator.Hosting;

/// <summary>What judges steps: one classifier and one catalog for all who ask.</summary>
internal sealed class Judging
{
    public Judging()
    {
        Actions = ActionCatalog.Default;
        Judge = new StepJudge(Actions, Classifier);
        Validator = new RunbookValidator(Actions, Classifier);
    }

    public RiskClassifier Classifier { get; } = new();

    public ActionCatalog Actions { get; }

    public StepJudge Judge { get; }

    public RunbookValidator Validator { get; }
}
