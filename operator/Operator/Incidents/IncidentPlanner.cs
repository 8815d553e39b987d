using System.Security.Cryptography;
using System.Text;
using RunbookOperator.Api;
using RunbookOperator.Executions;

namespace RunbookOperator.Incidents;

/// <summary>What an incident depends on.</summary>
public sealed record IncidentInput
{
    /// <summary>The incident.</summary>
    public required Incident Incident { get; init; }

    /// <summary>The runbooks of its namespace.</summary>
    public required IReadOnlyList<Runbook> Runbooks { get; init; }

    /// <summary>The runs of the incident.</summary>
    public required IReadOnlyList<RunbookExecution> Executions { get; init; }

    /// <summary>Runbooks that may start no run before a time, because they started as many in the last hour as they may. Default none.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> NotBefore { get; init; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>How long all alerts must have been resolved.</summary>
    public required TimeSpan Settle { get; init; }

    /// <summary>The time.</summary>
    public required DateTimeOffset Now { get; init; }
}

/// <summary>What is to become of an incident.</summary>
/// <param name="Status">The status to store.</param>
/// <param name="Start">The run to create before, or null.</param>
/// <param name="Propose">Whether it is over now, so that proposals are due.</param>
/// <param name="After">When to look again at the latest.</param>
/// <param name="Replaced">Runs to abort before, because the new one takes their place.</param>
public sealed record IncidentDecision(IncidentStatus Status, RunbookExecution? Start, bool Propose, TimeSpan? After, IReadOnlyList<RunbookExecution> Replaced);

/// <summary>Decides which run an incident needs and where it stands. Pure.</summary>
public static class IncidentPlanner
{
    private const int NameHash = 6;

    /// <summary>The decision.</summary>
    public static IncidentDecision Decide(IncidentInput input)
    {
        var alerts = input.Incident.Spec.Alerts ?? [];
        var firing = alerts.Where(alert => alert.EndsAt is null).OrderBy(alert => alert.StartsAt).ThenBy(alert => alert.Fingerprint, StringComparer.Ordinal).ToList();
        var matches = RunbookMatcher.FindAll(input.Runbooks, firing);
        var (start, later) = First(input, matches);

        // A rehearsal is none of the incident's business.
        var runs = input.Executions.Where(execution => execution.Spec.DryRun != true).OrderBy(execution => execution.Metadata.CreationTimestamp).ThenBy(execution => execution.Metadata.Name, StringComparer.Ordinal).ToList();
        var settles = IncidentAlerts.SettlesAt(alerts, input.Settle);
        var phase = settles is null ? IncidentPhase.Open
            : input.Now >= settles && start is null && runs.TrueForAll(run => ExecutionPhase.IsFinal(run.Status?.Phase)) ? IncidentPhase.Resolved
            : IncidentPhase.Mitigated;
        var status = Describe(input, phase, matches is [var match, ..] ? match.Runbook : null, runs, start);
        var propose = phase == IncidentPhase.Resolved && status.Suggestions is null;
        return new IncidentDecision(status, start, propose, Soonest(later, settles > input.Now ? settles - input.Now : null), start is null ? [] : Replaced(input, start));
    }

    /// <summary>Name of the <paramref name="number"/>th run of a runbook in an incident.</summary>
    public static string RunName(string runbook, string incident, int number)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{incident}/{runbook}")))[..NameHash];
        return number == 1 ? $"{runbook}-{hash}" : $"{runbook}-{hash}-{number}";
    }

    /// <summary>The name to take when <paramref name="name"/>, which <see cref="RunName"/> made, belongs to another run.</summary>
    public static string NextName(string name)
    {
        var dash = name.LastIndexOf('-');
        return name.Length - dash - 1 != NameHash && int.TryParse(name.AsSpan(dash + 1), out var number) ? $"{name[..dash]}-{number + 1}" : $"{name}-2";
    }

    // The oldest alert first; but one whose run is under way, or over, keeps no later one from its own.
    private static (RunbookExecution? Start, TimeSpan? Later) First(IncidentInput input, IReadOnlyList<(Runbook Runbook, IncidentAlert Alert)> matches)
    {
        var soonest = default(TimeSpan?);
        foreach (var (runbook, alert) in matches)
        {
            var (start, later) = Run(input, runbook, alert);
            if (start is not null)
            {
                return (start, soonest);
            }

            soonest = Soonest(soonest, later);
        }

        return (null, soonest);
    }

    private static IReadOnlyList<RunbookExecution> Replaced(IncidentInput input, RunbookExecution start) =>
        input.Runbooks.FirstOrDefault(runbook => runbook.Metadata.Name == start.Spec.Runbook.Name)?.Spec.Concurrency?.Policy == ConcurrencyPolicy.Replace
            ? [.. input.Executions.Where(run => run.Spec.Runbook.Name == start.Spec.Runbook.Name && run.Spec.Trigger.Type == TriggerType.Alert
                && run.Spec.DesiredState != DesiredState.Aborted && !ExecutionPhase.IsFinal(run.Status?.Phase))]
            : [];

    private static (RunbookExecution? Start, TimeSpan? Later) Run(IncidentInput input, Runbook runbook, IncidentAlert alert)
    {
        var forbids = (runbook.Spec.Concurrency?.Policy ?? ConcurrencyPolicy.Forbid) == ConcurrencyPolicy.Forbid;
        var earlier = input.Executions
            .Where(run => run.Spec.Runbook.Name == runbook.Metadata.Name && run.Spec.Trigger.Type == TriggerType.Alert)
            .Select(run => (Run: run, Number: Number(run.Metadata.Name!, RunName(runbook.Metadata.Name!, input.Incident.Metadata.Name!, 1))))
            .OrderBy(run => run.Number)
            .ToList();
        if (earlier.Count > 0)
        {
            var last = earlier[^1].Run;
            var due = last.Metadata.CreationTimestamp + (runbook.Spec.Concurrency?.Cooldown?.Value ?? Defaults.Cooldown);

            // A further run needs an alert that began after the last run did: the one that run was for is its business to the end.
            if ((forbids && !ExecutionPhase.IsFinal(last.Status?.Phase)) || alert.StartsAt <= last.Metadata.CreationTimestamp)
            {
                return (null, null);
            }

            if (due > input.Now)
            {
                return (null, due - input.Now);
            }
        }

        if (input.NotBefore.TryGetValue(runbook.Metadata.Name!, out var free) && free > input.Now)
        {
            return (null, free - input.Now);
        }

        return (Execution(input.Incident, runbook, alert, earlier.Count == 0 ? 1 : earlier[^1].Number + 1), null);
    }

    // Not counted: an earlier run may have been deleted, and a name that is taken would start nothing.
    private static int Number(string name, string first) =>
        name == first ? 1
        : name.StartsWith(first + "-", StringComparison.Ordinal) && int.TryParse(name.AsSpan(first.Length + 1), out var number) ? number
        : 0;

    private static RunbookExecution Execution(Incident incident, Runbook runbook, IncidentAlert alert, int number) => new()
    {
        Metadata = new Kubernetes.ObjectMeta
        {
            Name = RunName(runbook.Metadata.Name!, incident.Metadata.Name!, number),
            Namespace = incident.Metadata.Namespace,
            Labels = new Dictionary<string, string>
            {
                [Names.RunbookLabel] = runbook.Metadata.Name!,
                [Names.IncidentLabel] = incident.Metadata.Name!,
            },
        },
        Spec = new RunbookExecutionSpec
        {
            Runbook = new ExecutionRunbook { Name = runbook.Metadata.Name! },
            Incident = incident.Metadata.Name,
            Trigger = new ExecutionTrigger { Type = TriggerType.Alert },
            Parameters = ParameterRules.FromAlert(runbook.Spec.Parameters, alert) is { Count: > 0 } values ? values : null,
            Mode = runbook.Spec.Mode ?? RunbookMode.ReadAlong,
        },
    };

    private static IncidentStatus Describe(
        IncidentInput input, string phase, Runbook? match, List<RunbookExecution> runs, RunbookExecution? start)
    {
        var before = input.Incident.Status ?? new IncidentStatus();
        var alerts = input.Incident.Spec.Alerts ?? [];
        var root = alerts.OrderBy(alert => alert.StartsAt).ThenBy(alert => alert.Fingerprint, StringComparer.Ordinal).FirstOrDefault();
        var opened = before.OpenedAt ?? root?.StartsAt ?? input.Now;
        var acknowledged = before.AcknowledgedAt ?? Acknowledged(input, runs);
        var resolved = phase == IncidentPhase.Resolved ? before.ResolvedAt ?? alerts.Max(alert => alert.EndsAt) ?? input.Now : (DateTimeOffset?)null;
        var names = runs.Select(run => run.Metadata.Name!).Concat(start is null ? [] : [start.Metadata.Name!]).Distinct(StringComparer.Ordinal).TakeLast(50).ToList();
        var runbook = match?.Metadata.Name ?? before.Runbook;
        var status = before with
        {
            ObservedGeneration = input.Incident.Metadata.Generation,
            Phase = phase,
            Service = input.Incident.Spec.Service,
            Runbook = runbook,

            // Only what fires is matched: of what was over before anybody looked, nothing is known.
            Unmatched = runbook is null && (before.Unmatched == true || alerts.Exists(alert => alert.EndsAt is null)) ? true : null,
            RootAlert = before.RootAlert ?? root?.Fingerprint,
            OpenedAt = opened,
            AcknowledgedAt = acknowledged,
            TimeToAcknowledge = acknowledged is { } seen ? Length(seen - opened) : null,
            ResolvedAt = resolved,
            TimeToResolve = resolved is { } end ? Length(end - opened) : null,
            Executions = names.Count == 0 ? null : names,

            // What people add after the end teaches as well, and a new firing is a new story: then proposals are due again.
            Suggestions = phase == IncidentPhase.Resolved && before.ObservedGeneration == input.Incident.Metadata.Generation ? before.Suggestions : null,
        };
        return status with
        {
            Timeline = IncidentTimeline.Next(before, status, input.Incident, runs, input.Now),
            Conditions = IncidentConditions.Of(before.Conditions, status, input.Incident.Metadata.Generation, input.Now),
        };
    }

    private static DateTimeOffset? Acknowledged(IncidentInput input, List<RunbookExecution> runs)
    {
        var people = runs.SelectMany(run => run.Status?.Steps ?? []).SelectMany(step => step.Approvals ?? []).Select(approval => approval.At)
            .Concat((input.Incident.Spec.Notes ?? []).Select(note => note.At))
            .Where(at => at is not null)
            .ToList();
        return people.Count > 0 ? people.Min() : input.Incident.Spec.Acknowledged == true ? input.Now : null;
    }

    private static string Length(TimeSpan time) => Duration.Of(TimeSpan.FromSeconds(Math.Max(0, Math.Round(time.TotalSeconds)))).ToString();

    private static TimeSpan? Soonest(TimeSpan? left, TimeSpan? right) => left is null ? right : right is null || left < right ? left : right;
}
