using System.Text.Json;
using RunbookOperator.Actions;
using RunbookOperator.Api;
using RunbookOperator.Documents;
using RunbookOperator.Executions;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runtime;

namespace RunbookOperator.Runbooks;

/// <summary>Judges each runbook, however it came into the cluster, and keeps the numbers of its runs.</summary>
internal sealed class RunbookReconciler(
    IKubernetesClient client, ILister<Runbook> runbooks, ILister<RunbookExecution> executions, Func<string, StepJudge> judges, RunbookValidator validator, TimeProvider time)
    : IReconciler
{
    /// <summary>Name of the index of runs by namespace and runbook.</summary>
    public const string RunbookIndex = "runbook";

    /// <summary>The most often that the status of a runbook is written because of its runs.</summary>
    public static readonly TimeSpan StatisticsEvery = TimeSpan.FromMinutes(1);

    private readonly StatusWriter _writer = new(client);
    private readonly Dictionary<NamespacedName, DateTimeOffset> _written = [];

    /// <inheritdoc/>
    public async Task<ReconcileResult> ReconcileAsync(NamespacedName request, CancellationToken cancellationToken)
    {
        if (runbooks.Find(request) is not { Metadata.DeletionTimestamp: null } runbook)
        {
            lock (_written)
            {
                _written.Remove(request);
            }

            return ReconcileResult.Done;
        }

        var now = time.GetUtcNow();
        var judge = judges(request.Namespace);
        var judged = runbook.Status?.ObservedGeneration == runbook.Metadata.Generation && runbook.Status?.Classifier == judge.RuleSet;
        if (judged && Due(request, now) is { } wait)
        {
            return ReconcileResult.After(wait);
        }

        var problems = validator.Validate(new RunbookDocument("", runbook, JsonSerializer.SerializeToNode(runbook, ApiJson.Default.Runbook)!.AsObject(), DocumentMap.Empty), judge);
        var runs = executions.ByIndex(RunbookIndex, IndexValue(request));
        var stored = await _writer.WriteAsync(runbook, runbook.Status, RunbookSummary.Of(runbook, runs, judge, problems, now), cancellationToken);
        if (!ReferenceEquals(stored, runbook))
        {
            lock (_written)
            {
                _written[request] = now;
            }
        }

        return ReconcileResult.Done;
    }

    /// <summary>The value under which <see cref="RunbookIndex"/> files a run.</summary>
    public static string IndexValue(NamespacedName runbook) => runbook.ToString();

    private TimeSpan? Due(NamespacedName request, DateTimeOffset now)
    {
        lock (_written)
        {
            return _written.TryGetValue(request, out var last) && last + StatisticsEvery > now ? last + StatisticsEvery - now : null;
        }
    }
}
