using RunbookOperator.Actions;
using RunbookOperator.Api;
using RunbookOperator.Documents;
using RunbookOperator.Kubernetes;
using RunbookOperator.Risk;
using RunbookOperator.Runtime;

namespace RunbookOperator.Runbooks;

/// <summary>What there is to say about a runbook: its risks, whether it can be used, and how its runs went. Pure.</summary>
internal static class RunbookSummary
{
    private const int ReasonsShown = 5;

    /// <summary>The status of <paramref name="runbook"/>.</summary>
    /// <param name="runbook">The runbook.</param>
    /// <param name="runs">Its runs that are still kept.</param>
    /// <param name="judge">Judges its steps.</param>
    /// <param name="problems">What the rules say against it.</param>
    /// <param name="now">The time.</param>
    public static RunbookStatus Of(
        Runbook runbook, IEnumerable<RunbookExecution> runs, StepJudge judge, IReadOnlyList<DocumentProblem> problems, DateTimeOffset now)
    {
        var variables = runbook.Spec.Variables();
        var risks = runbook.Spec.Steps.Select(step => (step.Name, Verdict: judge.Judge(runbook.Spec.WithSurroundings(step), variables))).ToList();

        // What is not acted upon keeps a runbook from running at all, so it is told first.
        var error = problems.Where(problem => problem.Severity == DocumentSeverity.Error).OrderByDescending(problem => problem.Rule == RunbookValidator.NotActedUponRule).FirstOrDefault();
        var before = runbook.Status ?? new RunbookStatus();
        return before with
        {
            ObservedGeneration = runbook.Metadata.Generation,
            Source = Source(runbook.Metadata),
            Revision = RunbookRevision.Of(runbook.Spec),
            Risks = [.. risks.Select(step => new StepRisk
            {
                Name = step.Name,
                Risk = step.Verdict.Level.ToText(),
                Reasons = [.. step.Verdict.Reasons.Take(ReasonsShown).Select(reason => Variables.Clean(reason, Limits.Line))],
            })],
            RiskSummary = string.Join('/', Levels.Select(level => risks.Count(step => step.Verdict.Level == level))),
            Classifier = judge.RuleSet,
            EffectiveMode = (runbook.Spec.Mode ?? RunbookMode.ReadAlong).ToString(),
            Statistics = Statistics([.. runs]),
            Conditions = error is null
                ? Settled(before.Conditions, runbook.Metadata.Generation, now)
                : Stalled(before.Conditions, error, runbook.Metadata.Generation, now),
        };
    }

    private static readonly RiskLevel[] Levels = [RiskLevel.Safe, RiskLevel.Caution, RiskLevel.Dangerous];

    private static RunbookSource? Source(ObjectMeta metadata) =>
        metadata.Labels?.GetValueOrDefault(Names.RepositoryLabel) is { } repository
        && metadata.Annotations?.GetValueOrDefault(Names.FileAnnotation) is { } file
        && metadata.Annotations.GetValueOrDefault(Names.CommitAnnotation) is { } commit
            ? new RunbookSource { Repository = repository, File = file, Commit = commit }
            : null;

    // What changed nothing, or only undid another run, says nothing of how well the runbook works.
    private static bool Counts(RunbookExecution run) => run.Spec is { DryRun: not true, Trigger.Type: not TriggerType.Rollback };

    private static RunbookStatistics? Statistics(List<RunbookExecution> runs)
    {
        var ended = runs.Where(run => ExecutionPhase.IsFinal(run.Status?.Phase) && Counts(run)).ToList();
        if (ended.Count == 0)
        {
            return null;
        }

        var succeeded = ended.Count(run => run.Status!.Phase == ExecutionPhase.Succeeded);
        return new RunbookStatistics
        {
            Executions = ended.Count,
            Succeeded = succeeded,
            Failed = ended.Count - succeeded,
            SuccessRate = $"{100 * succeeded / ended.Count}%",
        };
    }

    private static List<Condition> Settled(List<Condition>? before, long? generation, DateTimeOffset now) => Conditions.Remove(
        Conditions.Set(before, ConditionTypes.Ready, ConditionStatus.True, Reasons.Succeeded, "it can be used", generation, now), ConditionTypes.Stalled);

    private static List<Condition> Stalled(List<Condition>? before, DocumentProblem error, long? generation, DateTimeOffset now)
    {
        var message = Variables.Clean($"{error.Rule}: {error.Message}", Limits.Message);
        var reason = error.Rule == RunbookValidator.NotActedUponRule ? Reasons.NotSupported : Reasons.Invalid;
        var conditions = Conditions.Set(before, ConditionTypes.Ready, ConditionStatus.False, reason, message, generation, now);
        return Conditions.Set(conditions, ConditionTypes.Stalled, ConditionStatus.True, reason, message, generation, now);
    }
}
