using RunbookOperator.Actions;
using RunbookOperator.Api;
using RunbookOperator.Documents;
using RunbookOperator.Risk;
using RunbookOperator.Runbooks;
using RunbookOperator.Tests.Incidents;

namespace RunbookOperator.Tests.Runbooks;

public sealed class RunbookSummaryTests
{
    private static readonly StepJudge Judge = new(ActionCatalog.Default, new RiskClassifier());

    private static readonly Runbook Slow = Given.Runbook("slow") with
    {
        Metadata = new() { Name = "slow", Namespace = "shop", Generation = 4 },
        Spec = new RunbookSpec
        {
            Title = "Slow",
            Mode = RunbookMode.Copilot,
            Steps = [new RunbookStep { Name = "look", Run = "echo hello" }, new RunbookStep { Name = "ask", Manual = "ask them" }, new RunbookStep { Name = "wipe", Run = "rm -rf /" }],
        },
    };

    [Fact]
    public void It_says_what_each_step_risks_and_under_which_rules()
    {
        var status = Of(Slow);

        Assert.Equal([("look", "safe"), ("ask", "caution"), ("wipe", "dangerous")], status.Risks!.Select(step => (step.Name, step.Risk)));
        Assert.Equal(("1/1/1", Judge.RuleSet, "Copilot", RunbookRevision.Of(Slow.Spec), 4L), (status.RiskSummary, status.Classifier, status.EffectiveMode, status.Revision, status.ObservedGeneration!.Value));
        Assert.All(status.Risks!, step => Assert.All(step.Reasons!, reason => Assert.True(reason.Length <= Limits.Line)));
        Assert.Equal("ReadAlong", Of(Slow with { Spec = Slow.Spec with { Mode = null } }).EffectiveMode);
    }

    [Fact]
    public void It_is_ready_unless_a_rule_is_broken_and_ready_again_once_that_is_mended()
    {
        var good = Of(Slow);
        Assert.Equal("True", good.Conditions!.Single(condition => condition.Type == ConditionTypes.Ready).Status);

        var bad = Of(Slow with { Status = good }, problems: [Problem(DocumentSeverity.Warning, "odd"), Problem(DocumentSeverity.Error, "bad\nline")]);
        Assert.Equal(
            [(ConditionTypes.Ready, "False", Reasons.Invalid, "RBK001: bad?line"), (ConditionTypes.Stalled, "True", Reasons.Invalid, "RBK001: bad?line")],
            bad.Conditions!.Select(condition => (condition.Type, condition.Status, condition.Reason, condition.Message)));
        Assert.Equal([ConditionTypes.Ready], Of(Slow with { Status = bad }).Conditions!.Select(condition => condition.Type));
    }

    [Fact]
    public void What_is_not_acted_upon_has_a_reason_of_its_own_and_is_told_first()
    {
        var status = Of(Slow, problems: [Problem(DocumentSeverity.Error, "bad"), Problem(DocumentSeverity.Error, "needs is not acted upon") with { Rule = "RBK031" }]);

        Assert.Equal(
            [(ConditionTypes.Ready, "False", Reasons.NotSupported, "RBK031: needs is not acted upon"), (ConditionTypes.Stalled, "True", Reasons.NotSupported, "RBK031: needs is not acted upon")],
            status.Conditions!.Select(condition => (condition.Type, condition.Status, condition.Reason, condition.Message)));
    }

    [Fact]
    public void A_warning_stops_nobody() => Assert.Equal("True", Of(Slow, problems: [Problem(DocumentSeverity.Warning, "odd")]).Conditions!.Single().Status);

    [Fact]
    public void The_numbers_are_of_runs_that_are_over()
    {
        Assert.Null(Of(Slow, [Given.Run("slow", "a", 0, ExecutionPhase.Running), Given.Run("slow", "b", 0)]).Statistics);
        var numbers = Of(Slow, [.. new[] { ExecutionPhase.Succeeded, ExecutionPhase.Succeeded, ExecutionPhase.Failed, ExecutionPhase.Aborted, ExecutionPhase.Paused }.Select((phase, i) => Given.Run("slow", $"r{i}", i, phase))]).Statistics!;

        Assert.Equal((4, 2, 2, "50%"), (numbers.Executions, numbers.Succeeded, numbers.Failed, numbers.SuccessRate));
    }

    [Fact]
    public void Where_it_comes_from_is_said_only_if_all_of_it_is_known()
    {
        var annotations = new Dictionary<string, string> { [Names.FileAnnotation] = "runbooks/slow.yaml", [Names.CommitAnnotation] = "abc" };
        var labels = new Dictionary<string, string> { [Names.RepositoryLabel] = "shop" };

        Assert.Equal(new RunbookSource { Repository = "shop", File = "runbooks/slow.yaml", Commit = "abc" }, Of(Slow with { Metadata = Slow.Metadata with { Labels = labels, Annotations = annotations } }).Source);
        Assert.Null(Of(Slow with { Metadata = Slow.Metadata with { Annotations = annotations } }).Source);
        Assert.Null(Of(Slow with { Metadata = Slow.Metadata with { Labels = labels } }).Source);
    }

    private static DocumentProblem Problem(DocumentSeverity severity, string message) => new("", 1, 1, "RBK001", severity, message);

    private static RunbookStatus Of(Runbook runbook, RunbookExecution[]? runs = null, DocumentProblem[]? problems = null) =>
        RunbookSummary.Of(runbook, runs ?? [], Judge, problems ?? [], Given.Minute(0));
}
