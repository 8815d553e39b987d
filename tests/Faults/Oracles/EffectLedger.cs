using System.Text.Json;
using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Faults;

/// <summary>Holds what happened to the workloads against what the runs say: each attempt acts at most once, never before it was recorded, and
/// what a run says was done was done.</summary>
internal static class EffectLedger
{
    private const string RestartedAt = "kubectl.kubernetes.io/restartedAt";

    /// <summary>The effects on the workloads of a namespace, in order.</summary>
    public static IReadOnlyList<Effect> Of(IEnumerable<StoredVersion> versions, string ns)
    {
        var last = new Dictionary<string, string?>(StringComparer.Ordinal);
        var effects = new List<Effect>();
        foreach (var version in versions.Where(version => version.Key.StartsWith($"/registry/deployments/{ns}/", StringComparison.Ordinal)))
        {
            var mark = (string?)version.Value?["spec"]?["template"]?["metadata"]?["annotations"]?[RestartedAt]
                + "/" + (string?)version.Value?["metadata"]?["annotations"]?[Names.AttemptAnnotation];
            if (last.TryGetValue(version.Key, out var before) && before != mark)
            {
                effects.Add(new Effect(version.Revision, version.Key, (string?)version.Value?["metadata"]?["annotations"]?[Names.AttemptAnnotation] ?? ""));
            }

            last[version.Key] = mark;
        }

        return effects;
    }

    /// <summary>What may not be.</summary>
    public static IEnumerable<string> Broken(IReadOnlyList<StoredVersion> objects, IReadOnlyList<StoredVersion> workloads, string ns)
    {
        var effects = Of(workloads, ns);
        var attempts = Attempts(objects, ns);
        foreach (var twice in effects.GroupBy(static effect => effect.Attempt).Where(static group => group.Count() > 1))
        {
            yield return $"the attempt {twice.Key} acted {twice.Count()} times";
        }

        foreach (var effect in effects)
        {
            if (!attempts.TryGetValue(effect.Attempt, out var attempt))
            {
                yield return $"{effect.Key} was changed by \"{effect.Attempt}\", which no run has recorded";
            }
            else if (effect.Revision < attempt.RecordedAt)
            {
                yield return $"the attempt {effect.Attempt} acted at revision {effect.Revision}, before it was recorded at {attempt.RecordedAt}";
            }
        }

        foreach (var again in effects.Where(effect => attempts.ContainsKey(effect.Attempt)).Select(effect => attempts[effect.Attempt]).Distinct()
            .GroupBy(static attempt => (attempt.Run, attempt.Step)).Where(static group => group.Count() > 1 + group.Max(static attempt => attempt.Retries)))
        {
            yield return $"step {again.Key.Step} of the run {again.Key.Run} acted in {again.Count()} attempts, and nobody had asked for another";
        }

        var acted = effects.Select(static effect => effect.Attempt).ToHashSet(StringComparer.Ordinal);
        foreach (var (id, attempt) in attempts.Where(pair => pair.Value.State == StepState.Succeeded && !acted.Contains(pair.Key)))
        {
            yield return $"the run says that {attempt.Step} of {id} was done, and nothing has changed";
        }

        foreach (var (id, _) in attempts.Where(pair => pair.Value is { Unapproved: true } && acted.Contains(pair.Key)))
        {
            yield return $"the attempt {id} acted without the approval it needs";
        }
    }

    // Attempts of steps that change something, by id: when each was first recorded as running, and its last state.
    private static Dictionary<string, Attempt> Attempts(IEnumerable<StoredVersion> objects, string ns)
    {
        var attempts = new Dictionary<string, Attempt>(StringComparer.Ordinal);
        foreach (var version in objects.Where(version => version.Value is not null && version.Key.StartsWith($"/registry/{Names.Group}/runbookexecutions/{ns}/", StringComparison.Ordinal)))
        {
            var run = version.Value!.Deserialize<RunbookExecution>(KubernetesJson.Options)!;
            foreach (var step in run.Status?.Steps?.Where(static step => step.Target is not null) ?? [])
            {
                var id = AttemptId.Of(run, step.Name, step.Attempt);
                var known = attempts.GetValueOrDefault(id) ?? new Attempt(run.Metadata.Uid!, step.Name, version.Revision, step.State, Lacks(step), 0);
                attempts[id] = known with { State = step.State, Retries = Retries(run, step) };
            }
        }

        return attempts;
    }

    private static bool Lacks(StepStatus step) =>
        step.Risk == "dangerous" && step.Approvals?.Exists(static approval => approval.Decision == nameof(ApprovalDecision.Approve)) != true;

    private static int Retries(RunbookExecution run, StepStatus step) =>
        run.Status!.Audit?.Entries?.Count(entry => entry.Step == step.Name && entry.What.Contains("again", StringComparison.Ordinal)) ?? 0;

    private sealed record Attempt(string Run, string Step, long RecordedAt, string? State, bool Unapproved, int Retries);
}

/// <summary>A change of a workload.</summary>
/// <param name="Revision">When, in revisions of the store.</param>
/// <param name="Key">Of what.</param>
/// <param name="Attempt">By which attempt.</param>
internal sealed record Effect(long Revision, string Key, string Attempt);
